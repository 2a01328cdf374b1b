import type { Caller } from '../../../shared/http/index.ts';
import type { Booking } from './booking.ts';

/** Whether somebody has to do with a booking: whoever made it, and those who look after the city. */
export const concerns = (booking: Pick<Booking, 'customer'>, { subject, roles }: Caller): boolean =>
  subject === booking.customer || roles.includes('operator');
