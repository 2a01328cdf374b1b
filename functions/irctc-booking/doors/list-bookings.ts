import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { bookingRoutes } from '../contract.bookings.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import type { RailPorts } from '../domain/ports.ts';
import { summaryOf } from '../domain/view.ts';
import { railPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof bookingRoutes.listBookings>, 'query' | 'caller'>;

/** The caller's own bookings, newest first. */
export const listBookings =
  ({ bookings }: Pick<RailPorts, 'bookings'>) =>
  async ({ query, caller }: Request) => {
    const { items, ...rest } = await bookings.ofCustomer(caller.subject, query);
    return { status: 200, body: { items: items.map(summaryOf), ...rest } } as const;
  };

export const handler = restHandler({
  route: bookingRoutes.listBookings,
  handle: listBookings,
  admit: limited({ allowance: ALLOWANCES.listBookings }),
  ports: railPorts,
});
