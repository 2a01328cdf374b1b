import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { BookingLogPage } from '../contract.views.ts';
import { read } from '../domain/reading.ts';
import { messages } from '../messages.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/**
 * The log of a booking after `from`, as `read-log` has it of an order.
 * @throws {NotFoundError} there is no such booking, or it is none of the caller's: they cannot tell the two apart
 */
export const readBookingLog =
  (ports: LogPorts) =>
  async ({ path: { bookingId }, ...asking }: RequestOf<typeof routes.readBookingLog>) =>
    // The page of a booking, since that is what was asked for.
    ({ status: 200, body: (await read(ports, bookingId, asking)) as BookingLogPage }) as const;

export const handler = restHandler({
  route: routes.readBookingLog,
  handle: readBookingLog,
  ports: logPorts,
  messages,
});
