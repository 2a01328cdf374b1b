import { expect, it } from 'vitest';
import type { CityEvent } from '../../functions/console/contract.ts';
import { events as told } from '../../functions/irctc-booking/contract.events.ts';
import { MOVED } from '../city/rail.ts';
import { busyOf } from './rail-busy.ts';

const event = (text: string | undefined, minute: number): CityEvent => ({
  ...{
    id: `e${minute}`,
    type: MOVED,
    source: 'irctc-booking',
    subject: 'booking_1',
  },
  ...{ dataschema: 'urn:x', correlationId: 'c', keptAt: '2026-11-29T10:00:00.000Z' },
  time: `2026-11-29T10:${String(minute).padStart(2, '0')}:00.000Z`,
  data: { size: 2_500, ...(text === undefined ? {} : { text }) },
});
const of = (pool: string, minute: number) => event(`{"booking":"booking_1","pool":"${pool}"}`, minute);

it('where something happened is each chart once, the latest first, whatever the quota', () => {
  const events = [
    of('12951.2026-12-05.3A.GN', 9),
    of('12951.2026-12-05.3A.TQ', 8),
    // Too long to be in a list, and of no chart.
    event(undefined, 7),
    of('nobody', 6),
    of('12301.2026-12-05.2A.GN', 5),
    of('12951.2026-12-06.3A.GN', 4),
  ];
  const [first, ...others] = busyOf(events, 6);
  expect(first).toEqual({ train: '12951', date: '2026-12-05', class: '3A', at: '2026-11-29T10:09:00.000Z' });
  expect(others.map(({ train, date }) => [train, date])).toEqual([
    ['12301', '2026-12-05'],
    ['12951', '2026-12-06'],
  ]);
  expect(busyOf(events, 2)).toHaveLength(2);
  expect(busyOf([], 2)).toEqual([]);
});

it('is read off events as the system tells them', () => {
  const { type, data } = told.moved.of({
    ...{ subject: 'booking_1', correlationId: 'c' },
    data: {
      ...{ booking: 'booking_1' as never, pool: '12951.2026-12-05.3A.GN' as never, customer: 'user_1' },
      ...{ departure: '2026-12-05T11:30:00.000Z', state: 'INITIATED', passengers: [], mark: 'INITIATED' },
    },
  });
  expect(type).toBe(MOVED);
  expect(busyOf([event(JSON.stringify(data), 1)], 1)).toMatchObject([{ train: '12951', class: '3A' }]);
});
