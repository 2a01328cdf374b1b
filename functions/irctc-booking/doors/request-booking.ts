import { limited } from '../../../shared/allowances/index.ts';
import { command } from '../../../shared/effects/of-command.ts';
import { newId } from '../../../shared/ids/index.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { bookingRoutes } from '../contract.bookings.ts';
import { BookingId } from '../contract.views.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { RailPorts } from '../domain/ports.ts';
import { requested } from '../domain/request.ts';
import { toldRequested } from '../domain/telling.ts';
import { bookingView } from '../domain/view.ts';
import { messages } from '../messages.ts';
import { railPorts } from '../store/ports.ts';
import { bookingsWritten } from '../store/rail.ts';

type Ports = Pick<RailPorts, 'bookings' | 'trains' | 'effects' | 'now' | 'ids'>;
type Request = Pick<RequestOf<typeof bookingRoutes.requestBooking>, 'body' | 'caller' | 'idempotencyKey'>;
type Context = Pick<CallContext, 'correlationId' | 'traceparent'>;

/**
 * Writes a request down and puts it into its line. The same key answers the same booking, as it is then.
 * @throws {NotFoundError} there is no such train
 * @throws {TrainNotRunningError} @throws {BookingWindowError} @throws {LinkNeededError}
 * @throws {PartyTooLargeError} @throws {PartyWithoutBerthError} @throws {QuotaNotAllowedError}
 * @throws {TooManyInFlightError} others of the caller's are still under way; a retry helps once one is done
 */
export const requestBooking =
  ({ bookings, trains, effects, now, ids }: Ports) =>
  async ({ body, caller, idempotencyKey }: Request, context: Context) => {
    const effect = await command(bookingRoutes.requestBooking, { caller, idempotencyKey, body });
    const known = await effects.answerOf<BookingId>(effect);
    const booking =
      known === undefined
        ? requested(body, await trains.load(body.train), {
            id: BookingId.parse(newId('booking', ids)),
            customer: caller.subject,
            now: now(),
            ...context,
          })
        : await bookings.load(known);
    const { answer, repeated } = await effects.commit({
      effect,
      changes: bookingsWritten({ after: booking }),
      events: toldRequested(booking),
      answer: booking.id,
    });
    const found = repeated ? await bookings.load(answer) : booking;
    return {
      status: 202,
      headers: { Location: `bookings/${found.id}` },
      body: bookingView(found),
    } as const;
  };

export const handler = restHandler({
  route: bookingRoutes.requestBooking,
  handle: requestBooking,
  admit: limited({ allowance: ALLOWANCES.requestBooking }),
  ports: railPorts,
  messages,
});
