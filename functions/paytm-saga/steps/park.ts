import { SupersededError } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { events, SagaInputWithError } from '../contract.ts';
import { saidIn } from '../domain/cause.ts';
import type { Parking } from '../domain/ports.ts';
import { happened } from '../store/history.ts';
import { parkingPort } from '../store/parking.ts';
import { setAside } from '../store/payments.ts';
import { tablePorts } from '../store/ports.ts';
import { type Acting, executionNumber, once, type SagaPorts } from '../store/saga.ts';
import { telling, toldOf } from '../store/telling.ts';

/**
 * A compensation failed for good, or the saga cannot go on: tells a person, then writes `needs_attention`. In this
 * order, because what is still in progress is swept, and what has ended is not.
 * @throws {SupersededError} another execution may act, also one that a person has let go on
 */
export const park =
  ({ payments, effects, parking, now }: SagaPorts & { parking: Parking }) =>
  async (
    { payment: id, correlationId, traceparent, error = 'NeedsAttention', cause = '' }: SagaInputWithError,
    { executionId }: Acting,
  ): Promise<{ parked: boolean }> => {
    const payment = await payments.load(id);
    if (payment.status !== 'in_progress') return { parked: false };
    const actor = executionNumber(id, executionId);
    if (payment.actor !== actor) throw new SupersededError({ actor, current: payment.actor });
    await parking.park({ subject: { payment: id }, error, cause, correlationId, traceparent });
    const { facts } = saidIn(cause);
    await effects.commit({
      // Once for each execution: a payment that was resumed may need attention again.
      ...once(id, `park-${actor}`, executionId),
      ...happened(id, 'needs_attention', { error, errorFacts: facts }),
      ...telling(payment, executionId, {
        changes: [setAside(id, error, now().toISOString(), facts)],
        events: [
          events.needsAttention.of({
            correlationId,
            traceparent,
            subject: id,
            data: { ...toldOf(payment), reason: error },
          }),
        ],
      }),
      answer: error,
    });
    return { parked: true };
  };

export const handler = taskHandler({
  accepts: SagaInputWithError,
  handle: park,
  ports: () => ({ ...tablePorts(), parking: parkingPort() }),
});
