import { queueConsumer } from '../../../shared/lambda/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import { noticed } from '../domain/noticing.ts';
import type { Notices, RailPorts } from '../domain/ports.ts';
import { noticeWords } from '../messages.notices.ts';
import { noticePorts } from '../store/notices.ts';
import { railPorts } from '../store/ports.ts';

type Ports = Pick<RailPorts, 'bookings'> & { readonly notices: Notices };
type Wanted = Pick<CloudEventOf<typeof events.noticeWanted>, 'id' | 'time' | 'data'>;

/**
 * Sends a notice to the mailbox of whoever booked, if they have named one. A second delivery sends nothing more.
 * @throws {NotFoundError} there is no such booking; a retry cannot help
 */
export const sendEmail =
  ({ bookings, notices }: Ports) =>
  async ({ id, time, data: { booking: of, kind } }: Wanted): Promise<void> => {
    const booking = await bookings.load(of);
    if (booking.email === undefined) return;
    const telling = { event: id, at: time, kind, channel: 'email', to: booking.email } as const;
    const isNew = await notices.send(noticed(booking, telling, noticeWords));
    logger().info('notice sent', { booking: of, kind, channel: 'email', isNew });
  };

export const handler = queueConsumer({
  accepts: events.noticeWanted.schema,
  handle: sendEmail,
  ports: () => ({ ...railPorts(), ...noticePorts() }),
});
