import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { pause } from '../../../shared/time/index.ts';
import { events } from '../contract.events.ts';
import type { BookingId } from '../contract.views.ts';
import type { Cashier, RailPorts } from '../domain/ports.ts';
import { cashier } from '../peers.saga.ts';
import { railPorts } from '../store/ports.ts';
import { type SettlingPorts, settle } from '../store/settlement.ts';

export type TakePaymentPorts = SettlingPorts & Pick<RailPorts, 'ids'> & { readonly cashier: Cashier };

/**
 * Has a booking paid. The payment saga knows the booking as its key, so that asking again is the same payment, which is also
 * how it is asked what became of one. What it refuses for good ends the booking, and its places are free; what it cannot
 * answer comes again.
 */
export const pay =
  (ports: TakePaymentPorts) =>
  async (id: BookingId): Promise<void> => {
    const booking = await ports.bookings.load(id);
    if (booking.state !== 'PAYMENT_PENDING' || booking.payment.state !== 'pending') return;
    await settle(ports)(id, await ports.cashier.pay(booking), `payment:${ports.ids()}`);
  };

/** The payer is asked a moment after the payment has begun. So often it is looked whether it is time; then the sweep looks. */
const LOOKS = 10;
const LOOK_EVERY_MS = 500;

/** Has a booking paid, and waits for what the payer is to scan: nobody tells of that. */
export const takePayment =
  ({ pause, ...ports }: TakePaymentPorts & { readonly pause: (ms: number) => Promise<unknown> }) =>
  async ({ data }: Pick<CloudEventOf<typeof events.paymentWanted>, 'data'>): Promise<void> => {
    await pay(ports)(data.booking);
    for (let looked = 0; looked < LOOKS; looked += 1) {
      const { id, payment, state } = await ports.bookings.load(data.booking);
      const lacksQr = payment.method === 'upi_qr' && payment.approval === undefined;
      if (state !== 'PAYMENT_PENDING' || !lacksQr || payment.id === undefined) return;
      await pause(LOOK_EVERY_MS);
      await settle(ports)(id, await ports.cashier.look(payment.id), `payment:${ports.ids()}`);
    }
  };

export const handler = queueConsumer({
  accepts: events.paymentWanted.schema,
  handle: takePayment,
  ports: () => ({ ...railPorts(), cashier: cashier(), pause }),
});
