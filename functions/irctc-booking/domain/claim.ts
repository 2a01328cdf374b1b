/** Places for a party: together where they can be, each as they wish where it can be, and never past somebody who waits. */
import type { BerthCode, BerthKind } from '../contract.codes.ts';
import type { Seat } from '../contract.views.ts';
import { ChartPreparedError, NoRoomError } from './errors.ts';
import type { Berth } from './layout.ts';
import { availabilityOf, type Entry, type Pool, type Sharer, type Waiter } from './pool.ts';

/** A passenger who needs a place. */
export interface Claimant extends Entry {
  /** What kind of berth: asked for, or given by the rule for the old. */
  readonly wish?: BerthKind;
}

export interface Claimed {
  readonly pool: Pool;
  /** In the order of the party. */
  readonly seats: readonly Seat[];
}

/** What a berth is, by its code. */
export type BerthOf = (code: BerthCode) => Berth;

/**
 * Berths while there are any, then halves of side-lower ones (RAC), then the waiting list: the order of a sale
 * (domain/india.md, 4.3). A party may get some of each, but not less than all of it.
 * @throws {NoRoomError} the waiting list has no room for all of them; a retry helps only after cancellations
 * @throws {ChartPreparedError} the chart is made; a retry cannot help
 */
export const claim = (pool: Pool, party: readonly Claimant[], berthOf: BerthOf): Claimed => {
  if (pool.state !== 'open') throw new ChartPreparedError({ pool: pool.id });
  const { berths, rac } = availabilityOf(pool);
  const sitting = party.slice(0, berths);
  const sharing = party.slice(berths, berths + rac);
  const waiting = party.slice(berths + rac);
  if (waiting.length > pool.mayWait - pool.waiting.length) throw new NoRoomError({ pool: pool.id });

  const given = together(pool.free, sitting, berthOf);
  const sharers = sharing.map<Sharer>((one, index) => ({
    ...entryOf(one),
    seat: pool.vacant[index] as Sharer['seat'], // there are as many
    number: pool.issued.rac + index + 1,
  }));
  const waiters = waiting.map<Waiter>((one, index) => ({
    ...entryOf(one),
    number: pool.issued.waiting + index + 1,
  }));
  return {
    pool: {
      ...pool,
      free: pool.free.filter((code) => !given.includes(code)),
      vacant: pool.vacant.slice(sharers.length),
      sharing: [...pool.sharing, ...sharers],
      waiting: [...pool.waiting, ...waiters],
      issued: { rac: pool.issued.rac + sharers.length, waiting: pool.issued.waiting + waiters.length },
    },
    seats: [
      ...given.map((berth) => ({ status: 'CNF', berth }) as const),
      ...sharers.map(({ seat, number }) => ({ status: 'RAC', seat, number }) as const),
      ...waiters.map(({ number }) => ({ status: 'WL', number }) as const),
    ],
  };
};

const entryOf = ({ booking, passenger, gender }: Entry): Entry => ({ booking, passenger, gender });

/** A berth for each of the party: in one bay if one has room, else in one coach, else anywhere; the most wishes, then the best fit. */
const together = (
  free: readonly BerthCode[],
  party: readonly Claimant[],
  berthOf: BerthOf,
): readonly BerthCode[] => {
  if (party.length === 0) return [];
  const berths = free.map(berthOf);
  const bays = [...Map.groupBy(berths, ({ coach, bay }) => `${coach}/${bay}`).values()];
  const roomy = bays.filter((bay) => bay.length >= party.length);
  if (roomy.length > 0) return best(roomy, party);
  // Of a coach the fullest bays first, so that few of the party sit apart.
  const coaches = [...Map.groupBy(bays, ([first]) => (first as Berth).coach).values()]
    .map((ofCoach) => ofCoach.toSorted((one, other) => other.length - one.length).flat())
    .filter((coach) => coach.length >= party.length);
  return best(coaches.length > 0 ? coaches : [berths], party);
};

const best = (groups: readonly (readonly Berth[])[], party: readonly Claimant[]): readonly BerthCode[] => {
  const assigned = groups.map((group) => ({ size: group.length, ...assign(group, party) }));
  const sorted = assigned.toSorted((one, other) => other.granted - one.granted || one.size - other.size);
  return (sorted[0] as Assigned).berths; // there is a group
};

interface Assigned {
  readonly berths: readonly BerthCode[];
  readonly granted: number;
}

/** Who wishes chooses first; the others take what comes, and leave wished-for kinds to those who asked. */
const assign = (group: readonly Berth[], party: readonly Claimant[]): Assigned => {
  const left = [...group];
  const take = (index: number): BerthCode => (left.splice(Math.max(index, 0), 1)[0] as Berth).code;
  const wished = new Map<number, BerthCode>();
  for (const [index, { wish }] of party.entries()) {
    const found = left.findIndex(({ kind }) => kind === wish);
    if (found >= 0) wished.set(index, take(found));
  }
  return {
    berths: party.map((_, index) => wished.get(index) ?? take(0)),
    granted: wished.size,
  };
};
