import { taskHandler } from '../../../shared/lambda/index.ts';
import { events, SagaInput } from '../contract.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/** Step 10, best effort: tells whoever measures what was paid, how, and how long it took. Never who. */
export const updateAnalyticsStep = forwardStep<SagaPorts>(
  'update_analytics',
  ({ now }, { payment, origin }) => ({
    events: [
      events.measured.of({
        ...origin,
        subject: payment.id,
        data: {
          payment: payment.id,
          method: payment.method,
          amount: payment.amount,
          secondsToSettle: (now().getTime() - Date.parse(payment.createdAt)) / 1000,
        },
      }),
    ],
  }),
);

export const handler = taskHandler({ accepts: SagaInput, handle: updateAnalyticsStep, ports: tablePorts });
