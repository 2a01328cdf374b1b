import { SupersededError } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { next } from '../domain/payment.ts';
import { tablePorts } from '../store/ports.ts';
import { type Acting, executionNumber, type SagaPorts } from '../store/saga.ts';

/**
 * Where every execution begins: which state comes next, and by when must the pivot have passed (epoch ms)?
 * @throws {ForeignExecutionError} the execution is not named after this payment
 * @throws {SupersededError} another execution may act; this one ends here and changes nothing
 */
export const resume =
  ({ payments }: Pick<SagaPorts, 'payments'>) =>
  async (
    { payment: id }: SagaInput,
    { executionId }: Acting,
  ): Promise<{ next: string; deadline: number }> => {
    const payment = await payments.load(id);
    const actor = executionNumber(id, executionId);
    if (payment.actor !== actor) throw new SupersededError({ actor, current: payment.actor });
    return { next: next(payment), deadline: Date.parse(payment.deadline) };
  };

export const handler = taskHandler({ accepts: SagaInput, handle: resume, ports: tablePorts });
