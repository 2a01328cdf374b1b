import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Paise, paise, rupees } from '../../../shared/money/index.ts';
import { ClassCode, Quota } from '../contract.codes.ts';
import { trainOf } from '../train.fixture.ts';
import { fareOf, type PassengerFare } from './fare.ts';
import { type Cancelled, keptOf } from './refund.ts';

const ist = (text: string) => new Date(`${text}+05:30`);
const DEPARTURE = ist('2026-12-06T17:00:00');
/** Rs 1785: Rs 1700 and GST of Rs 85. */
const fareIn = (cls: ClassCode, quota: Quota = 'GN', child = false): PassengerFare => {
  const passenger = child
    ? ({ age: 8, gender: 'F', withoutBerth: true } as const)
    : ({ age: 32, gender: 'M' } as const);
  const train = { ...trainOf('12951'), kilometres: 1384 };
  const [fare] = fareOf({
    train,
    cls,
    quota,
    passengers: [passenger],
    on: ist('2026-03-01T12:00:00'),
  }).passengers;
  if (!fare) throw new Error('one passenger has one fare');
  return fare;
};
const base: Cancelled = {
  ...{ status: 'CNF', cls: '3A', quota: 'GN', fare: fareIn('3A'), departure: DEPARTURE, now: DEPARTURE },
};
const kept = (rest: Partial<Cancelled>) => keptOf({ ...base, ...rest }).kept;
/** So many seconds before the train leaves. */
const hoursBefore = (hours: number, seconds = 0, departure = DEPARTURE) =>
  new Date(departure.getTime() - hours * 3_600_000 - seconds * 1000);

const FLAT = rupees(189);
const QUARTER = rupees('446.25');
const HALF = rupees('892.5');
const ALL = rupees(1785);

describe('a confirmed berth', () => {
  it.each([
    [72, 1, FLAT],
    [72, 0, QUARTER],
    [24, 0, QUARTER],
    [24, -1, HALF],
    [8, 0, HALF],
    [8, -1, ALL],
    [0, 0, ALL],
    [-5, 0, ALL],
  ])('given back %i h %i s before costs %i paise: the rule of Apr 2026', (hours, seconds, amount) => {
    expect(kept({ now: hoursBefore(hours, seconds) })).toBe(amount);
  });

  const LATE_2025 = ist('2025-06-20T17:00:00');
  it.each([
    [48, 1, FLAT],
    [48, 0, QUARTER],
    [12, 0, QUARTER],
    [12, -1, HALF],
    [4, 1, HALF],
    [4, 0, ALL],
    [4, -1, ALL],
  ])(
    'given back %i h %i s before cost %i paise by the rule before, whose chart was made 4 hours before',
    (hours, seconds, amount) => {
      expect(kept({ departure: LATE_2025, now: hoursBefore(hours, seconds, LATE_2025) })).toBe(amount);
    },
  );

  it('cost all of it after the chart, by the rule before, however early that was', () => {
    const departure = ist('2026-03-10T06:00:00');
    expect(kept({ departure, now: ist('2026-03-09T19:59:59') })).toBe(HALF);
    expect(kept({ departure, now: ist('2026-03-09T20:00:00') })).toBe(ALL);
    const now = ist('2026-12-05T20:00:00');
    expect(kept({ departure: ist('2026-12-06T06:00:00'), now })).toBe(HALF);
  });

  it('goes by the rule of the day on which it is given back', () => {
    const departure = ist('2026-04-17T12:00:00');
    expect(kept({ departure, now: ist('2026-04-14T23:59:59') })).toBe(FLAT);
    expect(kept({ departure, now: ist('2026-04-15T00:00:00') })).toBe(QUARTER);
    expect(() => kept({ departure, now: ist('2017-06-30T23:59:59') })).toThrow(RangeError);
  });

  it.each([
    ['1A', rupees(252)],
    ['2A', rupees(210)],
    ['3A', rupees(189)],
    ['SL', rupees(120)],
    ['CC', rupees(189)],
  ] as const)('in %s costs %i paise flat, with GST in AC', (cls, amount) => {
    expect(kept({ cls, fare: fareIn(cls), now: hoursBefore(100) })).toBe(amount);
  });

  it('never costs less than flat: a quarter of a cheap fare does not', () => {
    const fare = fareOf({
      ...{ train: { ...trainOf('12951'), kilometres: 100 }, cls: 'SL', quota: 'GN', on: DEPARTURE },
      passengers: [{ age: 32, gender: 'M' }],
    }).passengers[0];
    expect(fare?.total).toBe(rupees(100));
    // And never more than was paid, which here is less than flat.
    expect(keptOf({ ...base, cls: 'SL', fare: fare ?? base.fare, now: hoursBefore(100) })).toEqual({
      ...{ charge: rupees(100), gst: 0, kept: rupees(100), refund: 0 },
    });
    expect(kept({ cls: 'SL', fare: fareIn('SL'), now: hoursBefore(30) })).toBe(rupees('153.75'));
    expect(kept({ fare: fareIn('3A', 'GN', true), now: hoursBefore(30) })).toBe(rupees('217.88'));
    expect(kept({ cls: '2A', fare: fareIn('3A', 'GN', true), now: hoursBefore(30) })).toBe(rupees('217.88'));
    expect(kept({ cls: '1A', fare: fareIn('3A', 'GN', true), now: hoursBefore(30) })).toBe(rupees(252));
  });

  it('of Tatkal gives nothing back', () => {
    const fare = fareIn('3A', 'TQ');
    expect(keptOf({ ...base, quota: 'TQ', fare, now: hoursBefore(28) })).toEqual({
      ...{ charge: rupees(2100), gst: rupees(105), kept: rupees(2205), refund: 0 },
    });
  });
});

describe('a shared berth and a place on the waiting list', () => {
  it.each(['RAC', 'WL'] as const)(
    'cost the clerkage (%s) until half an hour before, and then all of it',
    (status) => {
      expect(keptOf({ ...base, status, now: hoursBefore(0.5) })).toEqual({
        ...{ charge: rupees(60), gst: rupees(3), kept: rupees(63), refund: rupees(1722) },
      });
      expect(kept({ status, now: hoursBefore(0.5, -1) })).toBe(ALL);
      expect(kept({ status, cls: 'SL', fare: fareIn('SL'), now: hoursBefore(100) })).toBe(rupees(60));
    },
  );

  it('of Tatkal cost no more: who waits has no berth that could not be sold', () => {
    expect(kept({ status: 'WL', quota: 'TQ', fare: fareIn('3A', 'TQ'), now: hoursBefore(20) })).toBe(
      rupees(63),
    );
  });

  it('that the chart drops cost the clerkage, however late it is looked at', () => {
    for (const now of [hoursBefore(10), hoursBefore(0.1), hoursBefore(-3)]) {
      expect(kept({ status: 'WL', reason: 'charted', now })).toBe(rupees(63));
    }
  });
});

const cases = fc.record({
  status: fc.constantFrom('CNF', 'RAC', 'WL'),
  cls: fc.constantFrom(...ClassCode.options),
  quota: fc.constantFrom(...Quota.options),
  fare: fc
    .tuple(fc.integer({ min: 0, max: 1_000_000 }), fc.integer({ min: 0, max: 50_000 }))
    .map(([net, gst]) => ({ ...fareIn('3A'), gst: paise(gst), total: paise(net + gst) })),
  departure: fc.date({ min: new Date('2017-07-01'), max: new Date('2030-01-01'), noInvalidDate: true }),
  reason: fc.constantFrom('cancelled', 'charted'),
}) satisfies fc.Arbitrary<Omit<Cancelled, 'now'>>;
const inTime = ({ departure }: Pick<Cancelled, 'departure'>, hours: number): Date => {
  const now = hoursBefore(hours, 0, departure);
  return now < ist('2017-07-01T00:00:00') ? ist('2017-07-01T00:00:00') : now;
};

property.prop([cases, fc.double({ min: -10, max: 200, noNaN: true })])(
  'what is kept and what goes back are the whole, and neither is below nothing',
  (cancelled, hours) => {
    const now = inTime(cancelled, hours);
    const { charge, gst, kept: all, refund } = keptOf({ ...cancelled, now });
    expect(Math.min(charge, gst, refund)).toBeGreaterThanOrEqual(0);
    expect(charge + gst).toBe(all);
    expect(all + refund).toBe(cancelled.fare.total);
    expect(gst).toBeLessThanOrEqual(cancelled.fare.gst);
    const dropped = cancelled.status !== 'CNF' && cancelled.reason === 'charted';
    if (now > cancelled.departure && !dropped) expect(refund).toBe(0);
  },
);

const FLATS: { [C in ClassCode]: Paise } = {
  ...{ '1A': rupees(240), '2A': rupees(200), '3A': rupees(180), SL: rupees(120), CC: rupees(180) },
};
property.prop([
  cases,
  fc.double({ min: -10, max: 200, noNaN: true }),
  fc.double({ min: 0, max: 100, noNaN: true }),
])(
  'who waits longer gets no more back, and a confirmed berth costs the flat charge or all that was paid',
  (cancelled, hours, longer) => {
    const [early, late] = [inTime(cancelled, hours + longer), inTime(cancelled, hours)];
    // A change of the rule between both is no matter of waiting.
    fc.pre(early >= ist('2026-04-15T00:00:00') || late < ist('2026-04-15T00:00:00'));
    const [one, other] = [early, late].map((now) => keptOf({ ...cancelled, now }));
    expect(one?.kept).toBeLessThanOrEqual(other?.kept ?? -1);
    if (cancelled.status === 'CNF') {
      const net = cancelled.fare.total - cancelled.fare.gst;
      expect(one?.charge).toBeGreaterThanOrEqual(Math.min(FLATS[cancelled.cls], net));
    }
  },
);
