import { describe, expect, it } from 'vitest';
import type { Messages } from '../../shared/messages/index.ts';
import { eventSchemas } from '../../shared/testing/event-schemas.fixture.ts';
import { events, PublishTrain, routes } from './contract.ts';
import { ALLOWANCES } from './domain/allowance.ts';
import * as errors from './domain/errors.ts';
import { berthOf } from './domain/layout.ts';
import { seedTrain } from './doors.fixture.ts';
import { messages } from './messages.ts';

const made = Object.entries(errors).map(([exported, Made]) => [exported, new Made({} as never)] as const);

describe('the contract of railway booking', () => {
  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('lets nobody through a door as often as they like', () => {
    expect(Object.keys(ALLOWANCES).sort()).toEqual(Object.keys(routes).sort());
    for (const [key, { name }] of Object.entries(ALLOWANCES))
      expect(name).toBe(routes[key as keyof typeof routes].name);
  });

  it('has errors under names that do not come from their classes, each with a sentence in both languages', () => {
    expect(made.map(([exported]) => exported)).toContain('CoachesFixedError');
    for (const [exported, error] of made) {
      expect(error.name).toBe(exported);
      const message = (messages as Messages)[exported];
      for (const facts of [{}, { quota: 'LD', passenger: 1, train: '12951' }]) {
        expect(message?.en(facts)).toMatch(/^[\x20-\x7e’₹…]+\.$/);
        expect(message?.hi(facts)).toMatch(/[\u0900-\u097f].*।$/);
        expect(message?.en(facts)).not.toMatch(/undefined|NaN/);
      }
    }
  });

  it('keeps the schema of its events: a breaking change needs a new version', async () => {
    await expect(eventSchemas(events)).toMatchFileSnapshot('contract.events.json');
  });

  it('names coaches as the berths of their classes are named', () => {
    for (const [cls, coach] of Object.entries({ '1A': 'H1', '2A': 'A9', '3A': 'B10', SL: 'S99', CC: 'C1' })) {
      expect(PublishTrain.safeParse({ ...seedTrain(), coaches: { [cls]: [coach] } }).success).toBe(true);
      expect(berthOf(cls as never, `${coach}-1` as never)).toMatchObject({ coach, number: 1 });
    }
  });

  it.each([
    ['no name', { name: ' ' }, 'name'],
    ['a name that is a number', { name: 12951 }, 'name'],
    ['a name that fills a page', { name: 'x'.repeat(61) }, 'name'],
    ['a station that is none', { from: 'mmct' }, 'from'],
    ['the same station at both ends', { to: 'MMCT' }, 'to'],
    ['no way to go', { kilometres: 0 }, 'kilometres'],
    ['half kilometres', { kilometres: 1384.5 }, 'kilometres'],
    ['a way round the earth', { kilometres: 40_000 }, 'kilometres'],
    ['an hour that is none', { departs: '24:00' }, 'departs'],
    ['an hour without its zero', { departs: '7:00' }, 'departs'],
    ['no day to run on', { runsOn: [] }, 'runsOn'],
    ['a day that is none', { runsOn: ['Funday'] }, 'runsOn'],
    ['a day twice', { runsOn: ['Mon', 'Mon'] }, 'runsOn'],
    ['no coach', { coaches: {} }, 'coaches'],
    ['a class without coaches', { coaches: { '2A': [] } }, 'coaches'],
    ['a class that is none: the original’s demo said AC2', { coaches: { AC2: ['A1'] } }, 'coaches'],
    ['a coach of another class', { coaches: { '2A': ['B1'] } }, 'coaches'],
    ['a coach twice', { coaches: { '2A': ['A1', 'A1'] } }, 'coaches'],
    [
      'more coaches than a train has',
      { coaches: { SL: Array.from({ length: 25 }, (_, n) => `S${n + 1}`) } },
      'coaches',
    ],
    ['nobody who is paid', { paidTo: 'merchant_irctc' }, 'paidTo'],
    ['what it does not know', { pantry: true }, undefined],
  ])('takes no train with %s', (_, over, field) => {
    const { error } = PublishTrain.safeParse({ ...seedTrain(), ...over });
    expect(error?.issues[0]?.path[0]).toBe(field);
    expect(error?.issues).not.toEqual([]);
  });

  const { getAvailability, getPnr, getChart, requestChart, listNotices, listBookings, listTrains } = routes;
  const day = { date: '2026-12-05', class: '3A' };
  it.each([
    ['availability of no day', getAvailability.request.query, { class: '3A' }, 'date'],
    [
      'availability of a day that is none',
      getAvailability.request.query,
      { ...day, date: '2026-02-30' },
      'date',
    ],
    [
      'availability of a day before the rules',
      getAvailability.request.query,
      { ...day, date: '2017-12-31' },
      'date',
    ],
    [
      'availability of a class that is none',
      getAvailability.request.query,
      { ...day, class: 'AC3' },
      'class',
    ],
    ['availability of a quota that is none', getAvailability.request.query, { ...day, quota: 'PT' }, 'quota'],
    ['availability of a train that is none', getAvailability.request.path, { train: '1295' }, 'train'],
    ['a PNR of nine digits', getPnr.request.path, { pnr: '812345678' }, 'pnr'],
    ['a PNR by a phone that is none', getPnr.request.query, { phone: '9876543210' }, 'phone'],
    ['a chart without a class', getChart.request.query, {}, 'class'],
    ['a chart of more than a page', getChart.request.query, { class: '3A', limit: '201' }, 'limit'],
    ['the making of a chart on no day', requestChart.request.path, { train: '12951', date: 'today' }, 'date'],
    ['notices of what is no booking', listNotices.request.path, { bookingId: 'order_1' }, 'bookingId'],
    ['an empty page of bookings', listBookings.request.query, { limit: '0' }, 'limit'],
    ['an endless cursor', listTrains.request.query, { cursor: 'x'.repeat(1_025) }, 'cursor'],
  ])('answers nothing of %s', (_, part, value, field) => {
    expect(part.safeParse(value).error?.issues[0]?.path[0]).toBe(field);
  });
});
