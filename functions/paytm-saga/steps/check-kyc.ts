import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { checkKyc } from '../domain/rules.ts';
import type { People } from '../store/people.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/**
 * Step 2: is the payer known well enough for this amount?
 * @throws {KycRequiredError} a higher KYC is needed; the payment is refused
 * @throws {ManualReviewRequiredError} large and risky; the payment is refused until a person has looked
 */
export const checkKycStep = forwardStep<SagaPorts & { people: People }>(
  'check_kyc',
  async ({ people }, { payment }) => ({ facts: checkKyc(await people.user(payment.payer), payment.amount) }),
);

export const handler = taskHandler({ accepts: SagaInput, handle: checkKycStep, ports: tablePorts });
