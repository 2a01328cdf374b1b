/**
 * What a pool has to do by itself: whoever waits gets what is free, one step at a time, so that each is one transaction. At
 * rest no place is free while somebody waits who fits. Once the chart is made, halves of berths become whole ones, and who
 * still waits is dropped.
 */
import type { BerthCode } from '../contract.codes.ts';
import type { BookingId, RacSeat, Seat } from '../contract.views.ts';
import { berthOfRac, type Entry, isSame, otherHalf, type Pool, type Sharer, type Waiter } from './pool.ts';

/** A passenger has something better now, or another half of the same kind. */
export interface Promotion extends Pick<Entry, 'booking' | 'passenger'> {
  readonly to: Seat;
}

export interface Step {
  readonly pool: Pool;
  readonly promotions: readonly Promotion[];
  /** Whose wait has ended, with nothing. */
  readonly dropped?: BookingId;
}

/** The next step, or undefined: the pool is at rest. */
export const nextStep = (pool: Pool): Step | undefined =>
  wholeBerth(pool) ?? sharedBerth(pool) ?? lastStep(pool);

/** Nobody comes any more: a half that is vacant makes a whole berth for the first who shares; then who waits is told. */
const lastStep = (pool: Pool): Step | undefined => {
  if (pool.state === 'open') return undefined;
  return halfBecomesWhole(pool) ?? (pool.state === 'closing' ? closingStep(pool) : undefined);
};

export const isDue = (pool: Pool): boolean => nextStep(pool) !== undefined;

/** A free berth goes to the first who shares, and their half to the first who waits; where nobody can share, to the first who waits. */
const wholeBerth = (pool: Pool): Step | undefined => {
  const berth = pool.free[0];
  if (berth === undefined) return undefined;
  const forWomen = pool.forLadies.includes(berth);
  const sharer = firstWhoFits(pool.sharing, forWomen);
  if (sharer !== undefined) {
    const left = { ...without(pool, berth), sharing: pool.sharing.filter((one) => one !== sharer) };
    const waiter = left.waiting[0];
    const promoted = promotion(sharer, { status: 'CNF', berth });
    if (waiter === undefined)
      return { pool: { ...left, vacant: [...left.vacant, sharer.seat] }, promotions: [promoted] };
    const next = shares(left, waiter, sharer.seat);
    return { pool: next.pool, promotions: [promoted, ...next.promotions] };
  }
  if (pool.vacant.length > 0) return undefined;
  const waiter = firstWhoFits(pool.waiting, forWomen);
  return (
    waiter && {
      pool: { ...without(pool, berth), waiting: pool.waiting.filter((one) => one !== waiter) },
      promotions: [promotion(waiter, { status: 'CNF', berth })],
    }
  );
};

/** A half that nobody has goes to the first who waits. */
const sharedBerth = (pool: Pool): Step | undefined => {
  const [seat, ...vacant] = pool.vacant;
  const [waiter] = pool.waiting;
  return seat === undefined || waiter === undefined ? undefined : shares({ ...pool, vacant }, waiter, seat);
};

const shares = (pool: Pool, waiter: Waiter, seat: RacSeat): Step => {
  const number = pool.issued.rac + 1;
  const { booking, passenger, gender } = waiter;
  return {
    pool: {
      ...pool,
      waiting: pool.waiting.filter((one) => one !== waiter),
      sharing: [...pool.sharing, { booking, passenger, gender, seat, number }],
      issued: { ...pool.issued, rac: number },
    },
    promotions: [promotion(waiter, { status: 'RAC', seat, number })],
  };
};

/** Nobody who fits is passed; where nobody does, the rule has no one to keep the berth for. */
const firstWhoFits = <E extends Entry>(list: readonly E[], forWomen: boolean): E | undefined =>
  (forWomen ? list.find(({ gender }) => gender === 'F') : undefined) ?? list[0];

const without = (pool: Pool, berth: BerthCode): Pool => ({
  ...pool,
  free: pool.free.filter((code) => code !== berth),
  forLadies: pool.forLadies.filter((code) => code !== berth),
});

const promotion = ({ booking, passenger }: Entry, to: Seat): Promotion => ({ booking, passenger, to });

const closingStep = (pool: Pool): Step => {
  const booking = pool.waiting[0]?.booking;
  if (booking === undefined) return { pool: { ...pool, state: 'charted' }, promotions: [] };
  return {
    pool: { ...pool, waiting: pool.waiting.filter((one) => one.booking !== booking) },
    promotions: [],
    dropped: booking,
  };
};

/** The first who shares gets the berth of a vacant half alone; whoever was in its other half takes the half that is left. */
const halfBecomesWhole = (pool: Pool): Step | undefined => {
  const [first, ...others] = pool.sharing;
  const [vacant] = pool.vacant;
  if (first === undefined || vacant === undefined) return undefined;
  const own = otherHalf(first.seat);
  if (pool.vacant.includes(own)) return alone(pool, first, others, own);
  const neighbour = pool.sharing.find(({ seat }) => seat === otherHalf(vacant));
  const to: Seat = { status: 'CNF', berth: berthOfRac(vacant) };
  if (neighbour === undefined)
    // Both halves are vacant: theirs is so from now on, and their neighbour is alone.
    return {
      pool: {
        ...pool,
        sharing: others,
        vacant: [...pool.vacant.filter((seat) => seat !== vacant && seat !== otherHalf(vacant)), first.seat],
      },
      promotions: [promotion(first, to)],
    };
  const moved: Sharer = { ...neighbour, seat: first.seat };
  return {
    pool: {
      ...pool,
      sharing: others.map((one) => (isSame(one, neighbour) ? moved : one)),
      vacant: pool.vacant.filter((seat) => seat !== vacant),
    },
    promotions: [
      promotion(first, to),
      promotion(moved, { status: 'RAC', seat: moved.seat, number: moved.number }),
    ],
  };
};

const alone = (pool: Pool, first: Sharer, others: readonly Sharer[], vacant: RacSeat): Step => ({
  pool: { ...pool, sharing: others, vacant: pool.vacant.filter((seat) => seat !== vacant) },
  promotions: [promotion(first, { status: 'CNF', berth: berthOfRac(vacant) })],
});

/**
 * The chart is made: the general quota sells nothing more and gets what the other quotas have not sold. The others close too;
 * what is free for who waits there stays theirs, and who then still waits is dropped.
 */
export const closed = (
  general: Pool,
  others: readonly Pool[],
): { general: Pool; others: readonly Pool[] } => {
  const unsoldOf = ({ free, waiting }: Pool) => free.slice(waiting.length);
  const unsold = others.flatMap(unsoldOf);
  const ladies = others.filter(({ quota }) => quota === 'LD').flatMap(unsoldOf);
  return {
    general: {
      ...general,
      state: 'closing',
      free: [...general.free, ...unsold],
      forLadies: [...general.forLadies, ...ladies],
    },
    others: others.map((pool) => ({
      ...pool,
      state: 'closing',
      free: pool.free.slice(0, pool.waiting.length),
    })),
  };
};
