import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { validateUser } from '../domain/rules.ts';
import type { People } from '../store/people.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/**
 * Step 1: may this payer pay at all?
 * @throws {UserBlockedError} the operator blocked the payer; the payment is refused
 * @throws {NotFoundError} there is no such payer; the payment is refused
 */
export const validateUserStep = forwardStep<SagaPorts & { people: People }>(
  'validate_user',
  async ({ people }, { payment }) => ({
    facts: validateUser(await people.user(payment.payer), payment.amount),
  }),
);

export const handler = taskHandler({ accepts: SagaInput, handle: validateUserStep, ports: tablePorts });
