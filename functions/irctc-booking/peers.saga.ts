/** The payment saga, by which bookings are paid and cancelled ones given back. */
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
  async pay({ id, fare, paidTo, customer, payment: { method, link }, train, date }) {
    try {
      const { body } = await saga.startPayment({
        // The same booking is the same payment, however often it is asked for.
        idempotencyKey: id,
        body: {
          ...{ reference: id, merchantId: MerchantId.parse(paidTo), amount: fare.total },
          ...(link === undefined ? {} : { link: link as never, customer }),
          ...(method === 'wallet' ? { method: 'paytm_wallet' } : { method: 'upi', upi: { flow: 'qr' } }),
          description: `${train} ${date}`,
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

  async refund({ id, payment, refunds }, number) {
    const { amount, reason } = refunds[number - 1] as (typeof refunds)[number];
    const { body } = await saga.refundPayment({
      path: { paymentId: PaymentId.parse(payment.id) },
      idempotencyKey: `refund.${number}.${id}`,
      body: { amount: amount as never, reason },
    });
    return { id: body.id, done: body.status === 'completed' };
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
