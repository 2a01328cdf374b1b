import { limited } from '../../../shared/allowances/index.ts';
import { command } from '../../../shared/effects/of-command.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { bookingRoutes, type CancellationView } from '../contract.bookings.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { poolOf, seatsOf } from '../domain/booking.ts';
import { cancelling } from '../domain/cancelling.ts';
import { ChartPreparedError } from '../domain/errors.ts';
import type { RailPorts } from '../domain/ports.ts';
import { notice } from '../domain/telling.ts';
import { messages } from '../messages.ts';
import { giveBack } from '../store/giving-back.ts';
import { railPorts } from '../store/ports.ts';

type Ports = Pick<RailPorts, 'bookings' | 'pools' | 'effects' | 'insist' | 'now'>;
type Request = Pick<
  RequestOf<typeof bookingRoutes.cancelBooking>,
  'path' | 'body' | 'caller' | 'idempotencyKey'
>;

/**
 * Takes passengers off a booking. Their places go to the first who fit in the same transaction, so that none stands free
 * while somebody waits. The same key answers the same cancellation.
 * @throws {NotFoundError} there is none, or it is somebody else's
 * @throws {BookingNotCancellableError} it has ended, or they are not on it any more
 * @throws {ChartPreparedError} too late
 * @throws {TransientError} others were faster again and again; a retry helps
 */
export const cancelBooking =
  ({ bookings, pools, effects, insist, now }: Ports) =>
  async ({ path, body, caller, idempotencyKey }: Request) => {
    const effect = await command(bookingRoutes.cancelBooking, { caller, idempotencyKey, path, body });
    const answer = await insist(async () => {
      const before = await bookings.load(path.bookingId);
      if (before.customer !== caller.subject) throw new NotFoundError({ what: 'booking', id: before.id });
      const known = await effects.answerOf<CancellationView>(effect);
      if (known) return (await effects.commit({ effect, answer: known })).answer;
      const pool = await pools.find(poolOf(before));
      if (pool && pool.state !== 'open') throw new ChartPreparedError({ pool: pool.id });
      const at = now();
      const { after, of, refund, kept } = cancelling(before, body.passengers, at);
      return giveBack<CancellationView>(
        { bookings, pools, effects },
        {
          ...{ effect, before, after, at: at.toISOString() },
          // As it was when it was open: whoever makes the chart meanwhile is asked again.
          ...{
            pool: pool ?? poolOf(before),
            places: seatsOf(before, of),
            told: [notice(after, 'cancelled')],
          },
          answer: { booking: after.id, state: after.state, passengers: [...of], refund, kept },
        },
      );
    });
    return { status: 201, body: answer } as const;
  };

export const handler = restHandler({
  route: bookingRoutes.cancelBooking,
  handle: cancelBooking,
  admit: limited({ allowance: ALLOWANCES.cancelBooking }),
  ports: railPorts,
  messages,
});
