import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { bookingRoutes } from '../contract.bookings.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { isOnList, poolOf } from '../domain/booking.ts';
import { concerns } from '../domain/caller.ts';
import type { RailPorts } from '../domain/ports.ts';
import { bookingView } from '../domain/view.ts';
import { railPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof bookingRoutes.getBooking>, 'path' | 'caller'>;

/**
 * A booking, with where each of its passengers stands now.
 * @throws {NotFoundError} there is none, or it is somebody else's: a stranger cannot tell the two apart
 */
export const getBooking =
  ({ bookings, pools }: Pick<RailPorts, 'bookings' | 'pools'>) =>
  async ({ path, caller }: Request) => {
    const booking = await bookings.load(path.bookingId);
    if (!concerns(booking, caller)) throw new NotFoundError({ what: 'booking', id: path.bookingId });
    const pool = isOnList(booking) ? await pools.find(poolOf(booking)) : undefined;
    return { status: 200, body: bookingView(booking, pool) } as const;
  };

export const handler = restHandler({
  route: bookingRoutes.getBooking,
  handle: getBooking,
  admit: limited({ allowance: ALLOWANCES.getBooking }),
  ports: railPorts,
});
