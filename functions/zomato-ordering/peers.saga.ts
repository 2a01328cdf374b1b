/** The payment saga, by which orders are paid and cancelled ones given back. */
import { peer, serviceToken } from '../../shared/aws/index.ts';
import { client, RemoteProblem } from '../../shared/http/index.ts';
import { paymentRoutes } from '../paytm-saga/contract.payments.ts';
import { refundRoutes } from '../paytm-saga/contract.refunds.ts';
import { MerchantId, PaymentId, type PaymentView } from '../paytm-saga/contract.views.ts';
import type { Cashier, Paying } from './domain/ports.ts';

/** Doors of the payment saga, with our own service token. */
const saga = client(
  {
    ...{ baseUrl: () => peer('paytm-saga'), peer: 'paytm-saga' },
    token: (refused) => serviceToken('paytm-saga', refused),
  },
  {
    ...{ startPayment: paymentRoutes.startPayment, getPayment: paymentRoutes.getPayment },
    refundPayment: refundRoutes.refundPayment,
  },
);

export const cashier = (): Cashier => ({
  async pay(order) {
    const { link, method } = order.payment;
    try {
      const { body } = await saga.startPayment({
        // The same order is the same payment, however often it is asked for.
        idempotencyKey: order.id,
        body: {
          reference: order.id,
          merchantId: MerchantId.parse(order.restaurant.paidTo),
          amount: order.bill.total,
          ...(link === undefined ? {} : { link: link as never, customer: order.customer }),
          ...(method === 'wallet' ? { method: 'paytm_wallet' } : { method: 'upi', upi: { flow: 'qr' } }),
          description: order.restaurant.name,
        },
      });
      return payingOf(body);
    } catch (error) {
      // What the saga refuses it refuses for good; what it cannot answer now is asked again.
      if (error instanceof RemoteProblem && !error.retryable) return { status: 'failed', reason: error.name };
      throw error;
    }
  },

  async look(payment) {
    const { body } = await saga.getPayment({ path: { paymentId: PaymentId.parse(payment) } });
    return payingOf(body);
  },

  async refund({ id, payment, cancellation }) {
    const { body } = await saga.refundPayment({
      path: { paymentId: PaymentId.parse(payment.id) },
      idempotencyKey: `cancelled.${id}`,
      body: { amount: cancellation?.refund as never, reason: 'the order was cancelled' },
    });
    return body.status === 'completed' ? 'completed' : 'under_way';
  },
});

const payingOf = ({ id, status, approval, reason }: PaymentView): Paying => {
  if (status === 'refused' || status === 'compensated')
    return { status: 'failed', payment: id, reason: reason?.name ?? status };
  if (status === 'completed') return { status, payment: id };
  const { link, expiresAt } = approval ?? {};
  return {
    ...{ status: 'in_progress', payment: id },
    ...(link === undefined || expiresAt === undefined ? {} : { approval: { link, expiresAt } }),
  };
};
