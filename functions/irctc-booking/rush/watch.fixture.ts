/**
 * What is looked at with every commit: the bookings and pools as they are after it, and what it did to them. What a law finds
 * is written down, with the law's name.
 */

import { type Booking, isInFlight } from '../domain/booking.ts';
import type { Pool } from '../domain/pool.ts';
import { fairly, linesOf } from './laws-of-lines.fixture.ts';
import { nobodyIsPassed } from './laws-of-lists.fixture.ts';
import { refundIsByRule } from './laws-of-money.fixture.ts';
import { agrees, berthsAreOfOne, dueIsWatched, newHolders } from './laws-of-places.fixture.ts';
import { goesOn } from './laws-of-telling.fixture.ts';
import type { Told } from './queues.fixture.ts';
import type { Changed } from './store.fixture.ts';
import {
  type Accuse,
  type Actor,
  MOST,
  MOST_MOVED,
  type Violation,
  type Was,
  type Watched,
} from './watched.fixture.ts';

export interface Watch extends Watched {
  readonly committed: (changed: readonly Changed[], actor: Actor) => void;
  readonly heard: (event: Told) => void;
  readonly violations: Violation[];
}

/** @param isLarge whether there are so many that not all can be compared with all */
export const watch = (start: readonly Pool[], isLarge: boolean): Watch => {
  const violations: Violation[] = [];
  const accuse: Accuse = (law, what) => {
    violations.push({ law, what });
  };
  const total = start.reduce((sum, { free, vacant }) => sum + 2 * free.length + vacant.length, 0);
  const watched: Watched = {
    bookings: new Map(),
    pools: new Map(start.map((pool) => [pool.id, pool])),
    halves: new Map(),
    listed: new Map(start.map(({ id }) => [id, { RAC: 0, WL: 0 }])),
    inFlight: new Map(),
    steps: new Map(),
    told: new Map(),
    lines: linesOf(isLarge),
    total,
  };
  let commits = 0;

  return {
    ...watched,
    violations,
    heard: (event) => goesOn(watched, event, accuse),
    committed(changed, actor) {
      commits += 1;
      const bookings: Was<Booking>[] = [];
      const pools: Was<Pool>[] = [];
      for (const { before, after } of changed) {
        if (after?.sk === 'BOOKING') bookings.push({ before, after } as unknown as Was<Booking>);
        else if (after?.sk === 'POOL') pools.push({ before, after } as unknown as Was<Pool>);
        else if (after?.sk === 'IN_FLIGHT') counted(watched, String(after.pk), Number(after.count), accuse);
      }
      for (const { after } of pools) watched.pools.set(after.id, after);
      for (const { after } of bookings) watched.bookings.set(after.id, after);
      // Requests that are allocated together move nobody but themselves.
      const placed = bookings.filter(({ before }) => before !== undefined && before.state !== 'INITIATED');
      if (placed.length > MOST_MOVED)
        accuse('a step moves at most three bookings', `${actor.name} has moved ${placed.length}`);
      newHolders(watched, bookings, accuse);
      for (const { before, after } of bookings) {
        moved(watched, { before, after }, accuse);
        refundIsByRule({ before, after }, accuse);
      }
      fairly(watched, bookings, accuse);
      for (const pool of pools) {
        dueIsWatched(pool, accuse);
        nobodyIsPassed(watched, pool, bookings, accuse);
        if (!isLarge || commits % 64 === 0) agrees(watched, pool.after, accuse);
      }
      if (pools.length > 0 && (!isLarge || commits % 64 === 0)) berthsAreOfOne(watched, accuse);
      if (actor.message?.isPromotion && pools.length > 0) oneStep(watched, actor.message.id, accuse);
    },
  };
};

/** A booking that has ended stays so, and each change is a version of its own. */
const moved = (watched: Watched, { before, after }: Was<Booking>, accuse: Accuse) => {
  if (before !== undefined && after.version <= before.version)
    accuse('a change is a new version', `${after.id} is still at ${after.version}`);
  const ended = before && ['CANCELLED', 'FAILED', 'EXPIRED'].includes(before.state);
  if (ended && after.state !== before.state)
    accuse('what has ended stays so', `${after.id} went from ${before.state} to ${after.state}`);
  const by = Number(isInFlight(after)) - Number(before !== undefined && isInFlight(before));
  if (by === 0) return;
  const now = (watched.inFlight.get(after.customer) ?? 0) + by;
  watched.inFlight.set(after.customer, now);
  if (now > MOST) accuse('at most two of a customer are under way', `${after.customer} has ${now}`);
};

/** The counter is never less than what it counts: else somebody could have more. */
const counted = (_: Watched, pk: string, count: number, accuse: Accuse) => {
  if (count < 0) accuse('counters return to zero', `${pk} is at ${count}`);
};

/** A promotion that is due is one message, and a message is one step, however often it comes. */
const oneStep = ({ steps }: Watched, id: string, accuse: Accuse) => {
  const taken = (steps.get(id) ?? 0) + 1;
  steps.set(id, taken);
  if (taken > 1) accuse('a message is one step', `${id} has made ${taken}`);
};
