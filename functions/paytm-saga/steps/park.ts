import { taskHandler } from '../../../shared/lambda/index.ts';
import { events, SagaInputWithError } from '../contract.ts';
import type { Parking } from '../domain/ports.ts';
import { parkingPort } from '../store/parking.ts';
import { ended } from '../store/payments.ts';
import { tablePorts } from '../store/ports.ts';
import { type Acting, once, type SagaPorts } from '../store/saga.ts';

/**
 * A compensation failed for good, or the saga cannot go on: tells a person, then writes `needs_attention`. In this
 * order, because what is still in progress is swept, and what has ended is not.
 */
export const park =
  ({ payments, effects, parking, now }: SagaPorts & { parking: Parking }) =>
  async (
    { payment: id, correlationId, traceparent, error = 'NeedsAttention', cause = '' }: SagaInputWithError,
    { executionId }: Acting,
  ): Promise<{ parked: boolean }> => {
    const payment = await payments.load(id);
    if (payment.status !== 'in_progress') return { parked: false };
    await parking.park({ payment: id, error, cause, correlationId, traceparent });
    const { payer, merchant, amount, method } = payment;
    await effects.commit({
      ...once(id, 'park', executionId),
      changes: [ended(id, 'needs_attention', now().toISOString(), { attention: error })],
      events: [
        events.needsAttention.of({
          correlationId,
          traceparent,
          subject: id,
          data: { payment: id, payer, merchant, amount, method, reason: error },
        }),
      ],
      answer: error,
    });
    return { parked: true };
  };

export const handler = taskHandler({
  accepts: SagaInputWithError,
  handle: park,
  ports: () => ({ ...tablePorts(), parking: parkingPort() }),
});
