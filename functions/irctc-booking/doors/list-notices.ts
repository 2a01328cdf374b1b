import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { noticeRoutes } from '../contract.notices.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { concerns } from '../domain/caller.ts';
import type { Notices, RailPorts } from '../domain/ports.ts';
import { noticePorts } from '../store/notices.ts';
import { railPorts } from '../store/ports.ts';

type Ports = Pick<RailPorts, 'bookings'> & { readonly notices: Notices };
type Request = Pick<RequestOf<typeof noticeRoutes.listNotices>, 'path' | 'query' | 'caller'>;

/**
 * What was sent about a booking.
 * @throws {NotFoundError} there is no such booking, or it is somebody else's
 */
export const listNotices =
  ({ bookings, notices }: Ports) =>
  async ({ path: { bookingId }, query, caller }: Request) => {
    const booking = await bookings.load(bookingId);
    if (!concerns(booking, caller)) throw new NotFoundError({ what: 'booking', id: bookingId });
    return { status: 200, body: await notices.ofBooking(bookingId, query) } as const;
  };

export const handler = restHandler({
  route: noticeRoutes.listNotices,
  handle: listNotices,
  admit: limited({ allowance: ALLOWANCES.listNotices }),
  ports: () => ({ ...railPorts(), ...noticePorts() }),
});
