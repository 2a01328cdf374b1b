import { taskHandler } from '../../../shared/lambda/index.ts';
import { events, SagaInput } from '../contract.ts';
import { ending, next, skipped } from '../domain/payment.ts';
import { happened } from '../store/history.ts';
import { ended } from '../store/payments.ts';
import { tablePorts } from '../store/ports.ts';
import { type Acting, once, type SagaPorts } from '../store/saga.ts';
import { telling, toldOf } from '../store/telling.ts';

/** Writes the ending that the payment has earned, tells the city, and answers the state that stands for it. */
export const close =
  ({ payments, effects, now }: SagaPorts) =>
  async (
    { payment: id, correlationId, traceparent }: SagaInput,
    { executionId }: Acting,
  ): Promise<{ next: string }> => {
    const payment = await payments.load(id);
    if (payment.status !== 'in_progress') return { next: next(payment) };
    const status = ending(payment);
    const { turn } = payment;
    await effects.commit({
      ...once(id, 'close', executionId),
      ...happened(id, 'ended', { status }),
      ...telling(payment, executionId, {
        changes: [
          ended(id, status, now().toISOString(), status === 'completed' ? { skipped: skipped(payment) } : {}),
        ],
        events: [
          events[status].of({
            correlationId,
            traceparent,
            subject: id,
            data: { ...toldOf(payment), ...(turn ? { reason: turn.error } : {}) },
          }),
        ],
      }),
      answer: status,
    });
    return { next: next({ ...payment, status }) };
  };

export const handler = taskHandler({ accepts: SagaInput, handle: close, ports: tablePorts });
