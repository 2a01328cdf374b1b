/**
 * The lists moving: where each passenger of a chart stands, and what is different from one look to the next. A look is not one
 * moment: lists and bookings are read one beside the other, so whoever is in neither is believed to be gone at the second look.
 */
import type { ChartView } from '../../functions/irctc-booking/contract.charts.ts';
import type { Quota } from '../../functions/irctc-booking/contract.codes.ts';

export type Standing =
  /** A whole berth; `held` as long as it is not paid. */
  | { readonly where: 'berth'; readonly code: string; readonly state: 'held' | 'taken' }
  /** Half of a berth, and the how-manieth in line for a whole one. */
  | { readonly where: 'rac'; readonly quota: Quota; readonly place: number; readonly seat: string }
  | { readonly where: 'waiting'; readonly quota: Quota; readonly place: number };

/** Which passenger of which booking. */
export interface Who {
  readonly booking: string;
  readonly passenger: number;
}

export const keyOf = ({ booking, passenger }: Who): string => `${booking} ${passenger}`;

export interface Stands extends Who {
  readonly standing: Standing;
}
export type Standings = ReadonlyMap<string, Stands>;

/** Where everybody stands of whom a chart tells; of who is told twice the lists are believed. */
export const standingsOf = ({ coaches, lists }: ChartView): Standings => {
  const standings = new Map<string, Stands>();
  const tell = ({ booking, passenger }: Who, standing: Standing) =>
    standings.set(keyOf({ booking, passenger }), { booking, passenger, standing });
  for (const { coach, berths } of coaches)
    for (const { number, state, by, halves } of berths)
      if (halves === undefined && by !== undefined && state !== 'free')
        tell(by, { where: 'berth', code: `${coach}-${number}`, state });
  for (const { quota, sharing, waiting } of lists) {
    for (const one of sharing) tell(one, { where: 'rac', quota, place: one.place, seat: one.seat });
    for (const one of waiting.first) tell(one, { where: 'waiting', quota, place: one.place });
  }
  return standings;
};

/** Somebody stands elsewhere than before. Without `from` they have come, without `to` they are gone. */
export interface Move extends Who {
  /** Counted from 1. */
  readonly number: number;
  readonly from?: Standing;
  readonly to?: Standing;
  /** When it was seen, in milliseconds since 1970: it happened between this look and the one before. */
  readonly seenAt: number;
}

/** What was seen of a chart since somebody looks at it. */
export interface Watched {
  /** Which chart: train, date and class. */
  readonly chart: string;
  readonly known: Standings;
  /** Who was told of no more at the last look. */
  readonly missed: ReadonlySet<string>;
  /** Newest first; the oldest are let go. */
  readonly moves: readonly Move[];
  /** How many there were, those that were let go among them. */
  readonly count: number;
}

/** So many moves are kept. */
export const MOST_MOVES = 200;

export const chartKey = ({ train, date, class: cls }: Pick<ChartView, 'train' | 'date' | 'class'>): string =>
  `${train} ${date} ${cls}`;

/** After another look. @param before undefined, or of another chart: nothing has moved yet */
export const watched = (before: Watched | undefined, chart: ChartView, seenAt: number): Watched => {
  const now = standingsOf(chart);
  const key = chartKey(chart);
  if (before?.chart !== key) return { chart: key, known: now, missed: new Set(), moves: [], count: 0 };
  const absent = [...before.known.keys()].filter((who) => !now.has(who));
  // Where not every booking was read, whoever is not told of may have a berth nevertheless.
  const gone = chart.next === undefined ? absent.filter((who) => before.missed.has(who)) : [];
  const stays = absent.filter((who) => !gone.includes(who));
  // So that, newest first, a look begins with berths, and each list with its first.
  const moved = [...now].toReversed().flatMap(([who, { standing, ...one }]) => {
    const from = before.known.get(who)?.standing;
    return from !== undefined && isSame(from, standing)
      ? []
      : [{ ...one, ...(from === undefined ? {} : { from }), to: standing }];
  });
  const left = gone.flatMap((who) => {
    const { standing, ...one } = before.known.get(who) as Stands;
    return [{ ...one, from: standing }];
  });
  const news = [...left, ...moved].map((move, index) => ({
    ...move,
    number: before.count + index + 1,
    seenAt,
  }));
  const known = new Map([...stays.map((who) => [who, before.known.get(who) as Stands] as const), ...now]);
  return {
    ...{ chart: key, known, missed: new Set(stays) },
    moves: [...news.toReversed(), ...before.moves].slice(0, MOST_MOVES),
    count: before.count + news.length,
  };
};

const isSame = (one: Standing, other: Standing): boolean => {
  if (one.where === 'berth')
    return other.where === 'berth' && one.code === other.code && one.state === other.state;
  if (one.where === 'rac')
    return (
      other.where === 'rac' &&
      one.place === other.place &&
      one.seat === other.seat &&
      one.quota === other.quota
    );
  return other.where === 'waiting' && one.place === other.place && one.quota === other.quota;
};

/** Whether somebody has come to another berth or half of one, or has paid theirs; a place in line is none. */
export const isSeated = ({ from, to }: Pick<Move, 'from' | 'to'>): boolean =>
  to !== undefined && to.where !== 'waiting' && seatOf(from) !== seatOf(to);

const seatOf = (standing: Standing | undefined): string | undefined => {
  if (standing?.where === 'berth') return `${standing.code} ${standing.state}`;
  return standing?.where === 'rac' ? standing.seat : undefined;
};

/** What moved at the last look, newest first. */
export const lastMovesOf = ({ moves }: Pick<Watched, 'moves'>): readonly Move[] =>
  moves.filter(({ seenAt }) => seenAt === moves[0]?.seenAt);
