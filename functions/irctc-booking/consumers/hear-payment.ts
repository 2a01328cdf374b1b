import * as z from 'zod';
import { queueConsumer } from '../../../shared/lambda/index.ts';
import type { CloudEventOf } from '../../../shared/messaging/events.ts';
import { events as saga } from '../../paytm-saga/contract.events.ts';
import { BookingId } from '../contract.views.ts';
import type { Paying } from '../domain/ports.ts';
import { railPorts } from '../store/ports.ts';
import { refundArrived, type SettlingPorts, settle } from '../store/settlement.ts';

/** What the payment saga tells that a booking goes by. */
const PaymentFact = z.union([
  saga.completed.schema,
  saga.refused.schema,
  saga.compensated.schema,
  saga.refundCompleted.schema,
]);
type PaymentFact =
  | CloudEventOf<typeof saga.completed>
  | CloudEventOf<typeof saga.refused>
  | CloudEventOf<typeof saga.compensated>
  | CloudEventOf<typeof saga.refundCompleted>;

/** As which the payment saga knows us. */
const US = 'service:irctc-booking';

/**
 * The payment saga tells what became of a payment or refund, and the booking goes on by it. What we have not started is no news.
 * @throws {TransientError} others were faster again and again; a retry helps
 */
export const hearPayment =
  (ports: SettlingPorts) =>
  async (event: PaymentFact): Promise<void> => {
    const { startedBy, reference } = event.data;
    const id = BookingId.safeParse(reference);
    if (startedBy !== US || !id.success) return;
    const name = `heard:${event.id}`;
    if (event.type === saga.refundCompleted.type)
      return refundArrived(ports)(id.data, event.data.refund, name);
    await settle(ports)(id.data, said(event), name);
  };

const said = (event: Exclude<PaymentFact, CloudEventOf<typeof saga.refundCompleted>>): Paying => {
  const { payment } = event.data;
  if (event.type === saga.completed.type) return { status: 'completed', payment };
  return { status: 'failed', payment, reason: event.data.reason ?? 'PaymentFailed' };
};

export const handler = queueConsumer({ accepts: PaymentFact, handle: hearPayment, ports: railPorts });
