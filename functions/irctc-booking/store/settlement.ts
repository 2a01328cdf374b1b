import type { BookingId } from '../contract.views.ts';
import { type Booking, isOnList, poolOf, seatsOf } from '../domain/booking.ts';
import { PnrTakenError } from '../domain/errors.ts';
import type { Paying, RailPorts } from '../domain/ports.ts';
import { withRefundDone } from '../domain/refunding.ts';
import { drawPnr, settling, ticketOf } from '../domain/settling.ts';
import { notice, toldOf } from '../domain/telling.ts';
import { giveBack } from './giving-back.ts';
import { bookingsWritten, pnrGiven } from './rail.ts';

export type SettlingPorts = Pick<RailPorts, 'bookings' | 'pools' | 'effects' | 'insist' | 'now' | 'chance'>;

/** So many numbers are drawn before a retry; ten digits leave room for all. */
const DRAWS = 5;

/**
 * A booking goes on by what the payment saga says: a ticket, or its places are free again; and who paid too late gets all
 * back. Said again, it changes nothing.
 * @param name which of the booking's effects it is
 * @throws {NotFoundError} there is no such booking
 * @throws {TransientError} others were faster again and again; a retry helps
 */
export const settle =
  (ports: SettlingPorts) =>
  (id: BookingId, said: Paying, name: string): Promise<void> =>
    ports.insist(async () => {
      const { bookings, effects, now } = ports;
      const booking = await bookings.load(id);
      const at = now().toISOString();
      const what = settling(booking, said, at);
      const effect = { owner: id, name, keepDays: 30 };
      switch (what.does) {
        case 'nothing':
          return;
        case 'ticket':
          return ticketed(ports, booking, { payment: what.payment, at, name });
        case 'giveBack':
          await giveBack(ports, {
            ...{ effect, at, before: booking, after: what.after },
            ...{ pool: poolOf(booking), places: seatsOf(booking), told: [notice(what.after, 'not_booked')] },
            answer: what.after.version,
          });
          return;
        case 'change': {
          const { after } = what;
          await effects.commit({
            effect,
            changes: bookingsWritten({ before: booking, after }),
            events: [
              ...toldOf(booking, after, undefined),
              ...(what.notice ? [notice(after, what.notice)] : []),
            ],
            answer: after.version,
          });
        }
      }
    });

const ticketed = async (
  { effects, pools, chance }: SettlingPorts,
  booking: Booking,
  { payment, at, name }: { payment: string; at: string; name: string },
): Promise<void> => {
  // For the places on its lists, as they are about now: nothing is decided by it.
  const pool = isOnList(booking) ? await pools.find(poolOf(booking)) : undefined;
  for (let drawn = 1; ; drawn += 1) {
    const pnr = drawPnr(chance);
    const after = ticketOf(booking, payment, pnr, at);
    try {
      await effects.commit({
        effect: { owner: booking.id, name, keepDays: 30 },
        changes: [...bookingsWritten({ before: booking, after }), pnrGiven(pnr, booking.id)],
        events: [...toldOf(booking, after, pool), notice(after, 'ticket')],
        answer: after.version,
      });
      return;
    } catch (error) {
      if (!(error instanceof PnrTakenError) || drawn === DRAWS) throw error;
    }
  }
};

/** The money is back with whoever paid. */
export const refundArrived =
  ({ bookings, effects, insist }: Pick<SettlingPorts, 'bookings' | 'effects' | 'insist'>) =>
  (id: BookingId, refund: string, name: string): Promise<void> =>
    insist(async () => {
      const booking = await bookings.load(id);
      const after = withRefundDone(booking, refund);
      if (after === undefined) return;
      await effects.commit({
        effect: { owner: id, name, keepDays: 30 },
        changes: bookingsWritten({ before: booking, after }),
        events: [...toldOf(booking, after, undefined), notice(after, 'refunded')],
        answer: after.version,
      });
    });
