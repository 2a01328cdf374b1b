import { taskHandler } from '../../../shared/lambda/index.ts';
import { events, SagaInput } from '../contract.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/** Step 8, best effort: asks for a notice to the merchant; a queue delivers it. */
export const notifyMerchantStep = forwardStep<SagaPorts>('notify_merchant', (_, { payment, origin }) => ({
  events: [
    events.noticeRequested.of({
      ...origin,
      subject: payment.id,
      data: {
        payment: payment.id,
        kind: 'merchant_notice',
        recipient: payment.merchant,
        amount: payment.amount,
      },
    }),
  ],
}));

export const handler = taskHandler({ accepts: SagaInput, handle: notifyMerchantStep, ports: tablePorts });
