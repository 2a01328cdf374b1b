/** Who rushes for what: drawn from the seed before anybody moves. */

import { type Item, put } from '../../../shared/effects/index.ts';
import type { Dice } from '../../../shared/testing/dice.ts';
import type { RequestBooking } from '../contract.bookings.ts';
import type {
  BerthCode,
  ClassCode,
  JourneyDate,
  Quota,
  StationCode,
  TrainNumber,
} from '../contract.codes.ts';
import { opened, type Pool } from '../domain/pool.ts';
import type { Train } from '../domain/train.ts';
import { chartedAt } from '../domain/window.ts';
import { trainKey } from '../store/keys.ts';
import { poolWritten, runNoted } from '../store/rail.ts';
import type { Troubles } from './actors.fixture.ts';

/** How large a rush is. */
export type Size = 'small' | 'large';

/** Tatkal of AC classes opens at 10:00 in Kolkata. */
export const OPENS = '2026-12-05T04:30:00.000Z';
export const DATE = '2026-12-06' as JourneyDate;
export const CLS: ClassCode = '3A';

export const TRAIN: Train = {
  ...{ number: '12951' as TrainNumber, name: 'Mumbai Rajdhani', kilometres: 1384, departs: '17:00' },
  paidTo: 'merchant_irctc',
  ...{ from: 'MMCT' as StationCode, to: 'NDLS' as StationCode },
  runsOn: ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'],
  coaches: { '3A': ['B1'] },
};

export const trainOfSize = (size: Size): Train =>
  size === 'large'
    ? { ...TRAIN, coaches: { '3A': ['B1', 'B2', 'B3', 'B4', 'B5', 'B6', 'B7', 'B8'] } }
    : TRAIN;

export interface Scene extends Troubles {
  readonly size: Size;
  readonly users: number;
  readonly pools: readonly Pool[];
  /** Which quotas are asked for, the likely ones often. */
  readonly quotas: readonly Quota[];
  /** One message in so many comes again. */
  readonly again: number;
  /** The relay of the outbox dies with one event in so many; 0: never. */
  readonly relayDiesIn: number;
  /** How often each kind of thing happens, for one of its things. */
  readonly pace: {
    readonly stands: number;
    readonly messages: number;
    readonly people: number;
    readonly till: number;
  };
  /** One move in so many is of the clock or of the sweep. */
  readonly timeIn: number;
  /** The chart is made in the middle of it, or when it is time; or never. */
  readonly charts: 'amid' | 'late' | 'never';
  /** Amid it: when so many things, or fewer, are still wanted; less than 0: not amid. */
  readonly chartsAt: number;
  /** One ticket in so many is given back. */
  readonly cancelsIn: number;
}

export const sceneOf = (luck: Dice, size: Size): Scene => {
  const users = size === 'large' ? 5_000 : 6 + Math.floor(luck.chance() ** 10 * 55);
  const berths = size === 'large' ? luck.between(140, 500) : luck.between(4, 20);
  const shared = luck.between(0, Math.floor(berths / 2));
  const ladies = luck.below(Math.max(1, Math.floor(berths / 4)));
  const seniors = luck.onceIn(3) ? 1 : 0;
  const tatkal = luck.below(berths - shared - ladies - seniors + 1);
  const codes = Array.from(
    { length: berths },
    (_, at) => `B${1 + Math.floor(at / 64)}-${(at % 64) + 1}` as BerthCode,
  );
  const deal = (count: number) => codes.splice(0, count);
  const most = size === 'large' ? 60 : 12;
  const pool = (quota: Quota, own: readonly BerthCode[], halves: readonly BerthCode[], mayWait: number) =>
    opened({ train: TRAIN.number, date: DATE, cls: CLS, quota, berths: own, shared: halves, mayWait });
  const halves = deal(shared);
  const pools = [
    pool('TQ', deal(tatkal), [], luck.below(most)),
    pool('LD', deal(ladies), [], 0),
    pool('SS', deal(seniors), [], 0),
    pool('GN', deal(codes.length), halves, luck.below(most * 2)),
  ];
  const charts = luck.oneOf(['amid', 'late', 'never'] as const);
  const isCalm = luck.onceIn(5);
  return {
    ...{ size, users, pools },
    quotas: luck.oneOf<readonly Quota[]>([
      ['GN', 'GN', 'GN', 'LD'],
      ['TQ'],
      ['TQ', 'TQ', 'GN', 'GN', 'LD', 'SS'],
    ]),
    stopsIn: luck.oneOf([2, 4, 8, 20]),
    faultIn: isCalm ? 0 : luck.oneOf([25, 60, 150]),
    again: isCalm ? 0 : luck.oneOf([6, 15, 40]),
    relayDiesIn: isCalm ? 0 : luck.oneOf([0, 20, 100]),
    pace: {
      stands: luck.between(1, 6),
      // Of a line there is one message at a time, beside thousands of people: else all would ask before the first is served.
      messages: size === 'large' ? luck.between(400, 4_000) : luck.between(1, 4),
      ...{ people: luck.between(1, 4), till: luck.between(1, 4) },
    },
    timeIn: size === 'large' ? 20_000 : luck.oneOf([30, 80, 200]),
    ...{ charts, chartsAt: charts === 'amid' ? luck.below(Math.ceil(users / 2)) : -1 },
    cancelsIn: luck.oneOf([2, 3, 6]),
  };
};

/** As a person reads it. */
export const sceneText = ({ users, pools, faultIn, charts }: Scene): string => {
  const places = pools.map(
    ({ quota, free, vacant, mayWait }) =>
      `${quota} ${free.length} berths${vacant.length > 0 ? ` and ${vacant.length} halves` : ''}, ${mayWait} may wait`,
  );
  const trouble = faultIn === 0 ? 'nothing fails' : `one call in ${faultIn} meets a fault`;
  return `${users} people; ${places.join('; ')}; ${trouble}; the chart: ${charts}`;
};

/** What lies in the store before the first comes. */
export const stage = ({ pools, size }: Scene) => [
  ...pools.map((pool) => poolWritten(undefined, pool)),
  runNoted({ train: TRAIN.number, date: DATE }, chartedAt(TRAIN, DATE)),
  put(trainKey(TRAIN.number), trainOfSize(size) as unknown as Item),
];

const WISHES = ['LB', 'MB', 'UB', 'SL', undefined, undefined] as const;

/** A party that may travel on the quota. */
export const partyOf = (luck: Dice, quota: Quota): RequestBooking => {
  const most = { GN: 6, TQ: 4, LD: 3, SS: 2 }[quota];
  const size = luck.onceIn(3) ? luck.between(1, most) : luck.between(1, Math.min(2, most));
  const passengers = Array.from({ length: size }, (_, index) => {
    const gender = quota === 'LD' || luck.onceIn(2) ? ('F' as const) : ('M' as const);
    const isChild = index > 0 && quota !== 'SS' && luck.onceIn(6);
    const age = quota === 'SS' ? 66 : isChild ? luck.between(1, 11) : luck.between(18, 70);
    const berth = luck.oneOf(WISHES);
    const shares = age >= 5 && age < 12 && luck.onceIn(2);
    return {
      name: 'Asha',
      age,
      gender,
      ...(berth ? { berth } : {}),
      ...(shares ? { withoutBerth: true } : {}),
    };
  });
  const payment = { method: luck.onceIn(4) ? 'upi_qr' : 'wallet', link: 'link_1' };
  const body = {
    train: TRAIN.number,
    date: DATE,
    class: CLS,
    quota,
    passengers,
    phone: '+919876543210',
    payment,
  };
  return body as unknown as RequestBooking; // as its schema would have it, which costs more than the rest
};
