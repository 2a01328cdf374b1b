import { taskHandler } from '../../../shared/lambda/index.ts';
import { events, SagaInput } from '../contract.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/** Step 9, best effort: asks for a receipt to the payer; a queue delivers it. */
export const sendReceiptStep = forwardStep<SagaPorts>('send_receipt', (_, { payment, origin }) => ({
  events: [
    events.noticeRequested.of({
      ...origin,
      subject: payment.id,
      data: { payment: payment.id, kind: 'receipt', recipient: payment.payer, amount: payment.amount },
    }),
  ],
}));

export const handler = taskHandler({ accepts: SagaInput, handle: sendReceiptStep, ports: tablePorts });
