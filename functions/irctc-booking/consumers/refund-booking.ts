import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events } from '../contract.events.ts';
import type { BookingId } from '../contract.views.ts';
import type { Cashier, RailPorts } from '../domain/ports.ts';
import { withRefundAsked } from '../domain/refunding.ts';
import { cashier } from '../peers.saga.ts';
import { railPorts } from '../store/ports.ts';
import { bookingsWritten } from '../store/rail.ts';
import { refundArrived, type SettlingPorts } from '../store/settlement.ts';

export type RefundPorts = SettlingPorts & Pick<RailPorts, 'ids'> & { readonly cashier: Cashier };

/**
 * Has money given back. The payment saga knows each refund of a booking by its number, so that asking again is the same one.
 * @throws {TransientError} the payment saga cannot answer; a retry helps
 */
export const giveMoneyBack =
  (ports: RefundPorts) =>
  async (id: BookingId, number: number): Promise<void> => {
    const booking = await ports.bookings.load(id);
    const refund = booking.refunds.find((one) => one.number === number);
    if (refund?.state !== 'due') return;
    const { id: asked, done } = await ports.cashier.refund(booking, number);
    await ports.insist(async () => {
      const found = await ports.bookings.load(id);
      const after = withRefundAsked(found, number, asked);
      if (after === undefined) return;
      await ports.effects.commit({
        effect: { owner: id, name: `refund:${number}:asked`, keepDays: 30 },
        changes: bookingsWritten({ before: found, after }),
        answer: asked,
      });
    });
    if (done) await refundArrived(ports)(id, asked, `refund:${number}:done`);
  };

export const refundBooking =
  (ports: RefundPorts) =>
  ({ data }: Pick<CloudEventOf<typeof events.refundWanted>, 'data'>): Promise<void> =>
    giveMoneyBack(ports)(data.booking, data.refund);

export const handler = queueConsumer({
  accepts: events.refundWanted.schema,
  handle: refundBooking,
  ports: () => ({ ...railPorts(), cashier: cashier() }),
});
