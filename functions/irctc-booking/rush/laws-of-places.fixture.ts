/** What holds of berths, halves of them, and the lists of a pool, after each commit. */
import type { Seat } from '../contract.views.ts';
import { type Booking, poolOf } from '../domain/booking.ts';
import type { Pool } from '../domain/pool.ts';
import { isDue } from '../domain/steps.ts';
import { type Accuse, passengerId, type Was, type Watched } from './watched.fixture.ts';

const halvesOf = (seat: Seat): readonly string[] => {
  if (seat.status === 'CNF') return [`${seat.berth}a`, `${seat.berth}b`];
  return seat.status === 'RAC' ? [seat.seat] : [];
};

/** No berth twice: each half of one has one passenger at most. */
export const newHolders = (watched: Watched, bookings: readonly Was<Booking>[], accuse: Accuse): void => {
  const { halves, listed } = watched;
  // Whatever a commit gives back is free for whoever gets it in the same commit.
  for (const { before } of bookings) {
    const list = before && listed.get(poolOf(before));
    for (const { seat, number } of before?.passengers ?? []) {
      if (seat === undefined || list === undefined) continue;
      if (seat.status !== 'CNF') list[seat.status] -= 1;
      for (const half of halvesOf(seat))
        if (halves.get(half) === passengerId(before?.id ?? '', number)) halves.delete(half);
    }
  }
  for (const { after } of bookings) {
    const list = listed.get(poolOf(after));
    for (const { seat, number } of after.passengers) {
      if (seat === undefined || list === undefined) continue;
      if (seat.status !== 'CNF') list[seat.status] += 1;
      for (const half of halvesOf(seat)) {
        const other = halves.get(half);
        const own = passengerId(after.id, number);
        if (other !== undefined) accuse('no berth twice', `${half} is of ${other} and of ${own}`);
        halves.set(half, own);
      }
    }
  }
};

/** A pool's lists are those of its bookings, passenger by passenger. */
export const agrees = ({ bookings, listed }: Watched, pool: Pool, accuse: Accuse): void => {
  const list = listed.get(pool.id);
  const wrong = (what: string) => accuse('pool and bookings agree', `${pool.id}: ${what}`);
  if (list?.RAC !== pool.sharing.length) wrong(`${pool.sharing.length} share, and ${list?.RAC} have halves`);
  if (list?.WL !== pool.waiting.length) wrong(`${pool.waiting.length} wait, and ${list?.WL} are told so`);
  for (const { booking, passenger, seat } of pool.sharing) {
    const own = bookings.get(booking)?.passengers[passenger - 1]?.seat;
    if (own?.status !== 'RAC' || own.seat !== seat) wrong(`${booking}/${passenger} does not share ${seat}`);
  }
  for (const { booking, passenger, number } of pool.waiting) {
    const own = bookings.get(booking)?.passengers[passenger - 1]?.seat;
    if (own?.status !== 'WL' || own.number !== number) wrong(`${booking}/${passenger} does not wait`);
  }
};

/** No berth is lost: each half is somebody's, or free, or vacant, and only one of them. */
export const berthsAreOfOne = ({ pools, halves, total }: Watched, accuse: Accuse): void => {
  const free = new Set<string>();
  let count = halves.size;
  const add = (half: string) => {
    if (free.has(half) || halves.has(half)) accuse('no berth twice', `${half} is free and somebody's`);
    free.add(half);
    count += 1;
  };
  for (const pool of pools.values()) {
    for (const berth of pool.free) {
      add(`${berth}a`);
      add(`${berth}b`);
    }
    for (const half of pool.vacant) add(half);
  }
  if (count !== total) accuse('no berth is lost', `${count} of ${total} halves are somewhere`);
};

/** A pool that has a step to do says since when, and does not forget it before it is at rest. */
export const dueIsWatched = ({ before, after }: Was<Pool>, accuse: Accuse): void => {
  const wrong = (what: string) => accuse('what is due is watched', `${after.id}: ${what}`);
  if (isDue(after) !== (after.dueSince !== undefined)) wrong(`due since ${after.dueSince}, and it is not so`);
  if (before?.dueSince !== undefined && (after.dueSince ?? before.dueSince) !== before.dueSince)
    wrong(`due since ${before.dueSince}, and then since ${after.dueSince}`);
};
