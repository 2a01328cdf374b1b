import { queueConsumer } from '../../../shared/lambda/index.ts';
import { events as rail } from '../../irctc-booking/contract.events.ts';
import { works } from '../contract.works.ts';
import { followBooking, type HeardOfBooking } from '../domain/booking.ts';
import { hearing } from '../store/hearing.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

type FollowPorts = Pick<LogPorts, 'bookings' | 'chance' | 'pause'>;

/** Writes what railway booking tells into the log of a booking, each event once, in the order in which it happened. */
export const followBookings = ({
  bookings,
  ...ports
}: FollowPorts): ((event: HeardOfBooking) => Promise<void>) =>
  hearing({
    ...ports,
    ...{ log: bookings, work: works.followBookings, parse: (kept) => rail.moved.schema.parse(kept) },
    follow: followBooking,
  });

export const handler = queueConsumer({
  accepts: rail.moved.schema,
  handle: followBookings,
  ports: logPorts,
});
