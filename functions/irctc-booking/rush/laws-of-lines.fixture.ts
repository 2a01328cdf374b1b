/**
 * Fairness. Within a line (a train, day and class) requests are allocated in the order in which they were admitted, and at
 * admission nobody has more than two under way. So while a request waits, of each other customer at most two are allocated
 * ahead of it, and none of them came later. A request that was parked, or that the relay left to the sweeper, has left
 * the line.
 */
import type { Booking } from '../domain/booking.ts';
import { type Accuse, type Lines, MOST, type Waiting, type Was, type Watched } from './watched.fixture.ts';

export const linesOf = (isLarge: boolean): Lines => ({
  waiting: new Map(),
  left: new Set(),
  isLarge,
  admitted: 0,
});

/** All bookings of a rush are of one train, day and class, so there is one line. */
export const fairly = ({ lines }: Watched, bookings: readonly Was<Booking>[], accuse: Accuse): void => {
  for (const { before, after } of bookings) {
    if (before === undefined) {
      lines.waiting.set(after.id, { customer: after.customer, rank: lines.admitted, ahead: new Map() });
      lines.admitted += 1;
    } else if (before.state === 'INITIATED' && after.state !== 'INITIATED') {
      const own = lines.waiting.get(after.id);
      lines.waiting.delete(after.id);
      if (own && after.moves.at(-1)?.by === 'allocation') allocated(lines, after, own, accuse);
    }
  }
};

const allocated = (
  { waiting, left, isLarge }: Lines,
  { id, customer }: Booking,
  { rank }: Waiting,
  accuse: Accuse,
): void => {
  if (left.has(id)) return;
  for (const [other, { customer: whose, rank: before, ahead }] of waiting) {
    if (left.has(other)) continue;
    // A map keeps the order in which things came into it, so the first of it is whoever waits the longest.
    if (before < rank) accuse('who asks first is allocated first', `${id} came after ${other}`);
    if (isLarge) return;
    if (whose === customer) continue;
    const count = (ahead.get(customer) ?? 0) + 1;
    ahead.set(customer, count);
    if (count > MOST)
      accuse(
        'at most two of another are ahead',
        `${count} of ${customer} were allocated while ${other} waited`,
      );
  }
};
