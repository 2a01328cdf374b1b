import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { checkFraud } from '../domain/rules.ts';
import type { People } from '../store/people.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/**
 * Step 4: scores the payment on recorded facts and the hour in Asia/Kolkata at which it was started, so that a
 * retry after midnight scores what the first try scored.
 * @throws {FraudSuspectedError} the score is above 85; the payment is refused
 */
export const checkFraudStep = forwardStep<SagaPorts & { people: People }>(
  'check_fraud',
  async ({ people }, { payment }) => ({
    facts: { ...checkFraud(await people.user(payment.payer), payment, new Date(payment.createdAt)) },
  }),
);

export const handler = taskHandler({ accepts: SagaInput, handle: checkFraudStep, ports: tablePorts });
