import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ClassCode, JourneyDate, Quota } from '../contract.codes.ts';
import { trainOf } from '../train.fixture.ts';
import { departureAt } from './train.ts';
import { bookingWindow, chartedAt, chartOf } from './window.ts';

const rajdhani = trainOf('12951');
const ist = (text: string) => new Date(`${text}+05:30`);
const day = (text: string) => JourneyDate.parse(text);
const leaving = (departs: string) => ({ ...rajdhani, departs });

describe('the sale', () => {
  it.each(['GN', 'LD', 'SS'] as const)('of %s opens at 08:00, sixty days before the journey day', (quota) => {
    const { opensAt } = bookingWindow(rajdhani, '3A', quota, day('2026-12-06'));
    expect(opensAt).toEqual(ist('2026-10-07T08:00:00'));
    expect((departureAt(rajdhani, day('2026-12-06')).getTime() - opensAt.getTime()) / 86_400_000).toBe(
      60.375,
    );
  });

  it.each([
    ['1A', '10:00:00'],
    ['2A', '10:00:00'],
    ['3A', '10:00:00'],
    ['CC', '10:00:00'],
    ['SL', '11:00:00'],
  ] as const)('of Tatkal in %s opens at %s on the day before', (cls, time) => {
    const { opensAt } = bookingWindow(rajdhani, cls, 'TQ', day('2027-01-01'));
    expect(opensAt).toEqual(ist(`2026-12-31T${time}`));
  });

  it('counts the days over a leap day', () => {
    expect(bookingWindow(rajdhani, '3A', 'GN', day('2028-03-01')).opensAt).toEqual(
      ist('2028-01-01T08:00:00'),
    );
    expect(bookingWindow(rajdhani, '3A', 'TQ', day('2028-03-01')).opensAt).toEqual(
      ist('2028-02-29T10:00:00'),
    );
  });

  it('ends when the chart is made', () => {
    for (const quota of Quota.options) {
      expect(bookingWindow(rajdhani, '3A', quota, day('2026-12-06')).closesAt).toEqual(
        chartedAt(rajdhani, day('2026-12-06')),
      );
    }
  });
});

describe('the chart', () => {
  it.each([
    ['2025-07-14', '06:00', '2025-07-14T02:00:00'],
    ['2025-07-14', '17:00', '2025-07-14T13:00:00'],
    ['2025-07-15', '06:00', '2025-07-14T21:00:00'],
    ['2025-07-15', '17:00', '2025-07-15T09:00:00'],
    ['2025-12-14', '06:00', '2025-12-13T21:00:00'],
    ['2025-12-14', '17:00', '2025-12-14T09:00:00'],
    ['2025-12-15', '06:00', '2025-12-14T20:00:00'],
    ['2025-12-15', '17:00', '2025-12-15T07:00:00'],
  ])('of %s at %s is made at %s, by the rule of the day', (date, departs, expected) => {
    expect(chartedAt(leaving(departs), day(date))).toEqual(ist(expected));
  });

  it.each([
    ['2026-12-06T04:59:59', '2026-12-05T18:59:59'],
    ['2026-12-06T05:00:00', '2026-12-05T20:00:00'],
    ['2026-12-06T14:00:00', '2026-12-05T20:00:00'],
    ['2026-12-06T14:00:01', '2026-12-06T04:00:01'],
    ['2026-12-06T00:00:00', '2026-12-05T14:00:00'],
  ])(
    'of a train at %s is made at %s: by day the evening before, else ten hours before',
    (departs, expected) => {
      expect(chartOf(ist(departs))).toEqual(ist(expected));
    },
  );

  it('changes its rule with the midnight of Kolkata', () => {
    const [before, after] = [ist('2025-07-14T23:59:59'), ist('2025-07-15T00:00:00')];
    expect(before.getTime() - chartOf(before).getTime()).toBe(4 * 3_600_000);
    expect(after.getTime() - chartOf(after).getTime()).toBe(8 * 3_600_000);
  });
});

const anyDay = fc
  .date({ min: new Date('2024-12-31'), max: new Date('2040-01-01'), noInvalidDate: true })
  .map((date) => day(date.toISOString().slice(0, 10)));
const anyTime = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))
  .map((parts) => parts.map((part) => String(part).padStart(2, '0')).join(':'));
property.prop([anyDay, anyTime, fc.constantFrom(...ClassCode.options), fc.constantFrom(...Quota.options)])(
  'every sale opens before it ends, and ends before the train leaves',
  (date, departs, cls, quota) => {
    const { opensAt, closesAt } = bookingWindow(leaving(departs), cls, quota, date);
    expect(opensAt.getTime()).toBeLessThan(closesAt.getTime());
    expect(closesAt.getTime()).toBeLessThan(departureAt(leaving(departs), date).getTime());
  },
);
