import { limited } from '../../../shared/allowances/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { bookingRoutes } from '../contract.bookings.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { poolOf } from '../domain/booking.ts';
import type { RailPorts } from '../domain/ports.ts';
import { pnrView } from '../domain/view.ts';
import { railPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof bookingRoutes.getPnr>, 'path' | 'query' | 'caller'>;

/**
 * How a PNR stands. Ten digits are soon tried, so a number alone says nothing: not even whether it is one.
 * @throws {NotFoundError} there is none, or the caller neither booked it nor names the phone number that it was booked with
 */
export const getPnr =
  ({ bookings, pools }: Pick<RailPorts, 'bookings' | 'pools'>) =>
  async ({ path, query, caller }: Request) => {
    const booking = await bookings.ofPnr(path.pnr);
    const mayKnow = booking && (booking.customer === caller.subject || booking.phone === query.phone);
    const body = mayKnow && pnrView(booking, await pools.find(poolOf(booking)));
    if (!body) throw new NotFoundError({ what: 'pnr', id: path.pnr });
    return { status: 200, body } as const;
  };

export const handler = restHandler({
  route: bookingRoutes.getPnr,
  handle: getPnr,
  admit: limited({ allowance: ALLOWANCES.getPnr }),
  ports: railPorts,
});
