import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInputWithError } from '../contract.ts';
import { saidIn } from '../domain/cause.ts';
import { PivotPassedError } from '../domain/errors.ts';
import { next } from '../domain/payment.ts';
import { happened } from '../store/history.ts';
import { turnedBack } from '../store/payments.ts';
import { tablePorts } from '../store/ports.ts';
import { type Acting, once, type SagaPorts } from '../store/saga.ts';

/**
 * Turns the saga back and writes why, before anything is undone; answers the state that comes next. When the pivot
 * has passed after all (its answer was lost), the way is forward.
 */
export const turnBack =
  ({ payments, effects, now }: SagaPorts) =>
  async (
    { payment: id, error = 'UnexpectedError', cause = '' }: SagaInputWithError,
    { executionId }: Acting,
  ): Promise<{ next: string }> => {
    const said = saidIn(cause);
    try {
      await effects.commit({
        ...once(id, 'turn', executionId),
        ...happened(id, 'turned_back', { error, errorFacts: said.facts }),
        changes: [turnedBack(id, { error, ...said, at: now().toISOString() })],
        answer: error,
      });
    } catch (caught) {
      if (!(caught instanceof PivotPassedError)) throw caught;
    }
    return { next: next(await payments.load(id)) };
  };

export const handler = taskHandler({ accepts: SagaInputWithError, handle: turnBack, ports: tablePorts });
