import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { validateMerchant } from '../domain/rules.ts';
import type { People } from '../store/people.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/**
 * Step 3: may this merchant be paid this much?
 * @throws {MerchantSuspendedError} @throws {SettlementFrozenError} @throws {MerchantLimitError}
 * @throws {MerchantDailyLimitError} @throws {NotFoundError} the payment is refused
 */
export const validateMerchantStep = forwardStep<SagaPorts & { people: People }>(
  'validate_merchant',
  async ({ people, now }, { payment: { merchant, amount } }) => ({
    facts: validateMerchant(await people.merchant(merchant), amount, await people.paidOn(merchant, now())),
  }),
);

export const handler = taskHandler({ accepts: SagaInput, handle: validateMerchantStep, ports: tablePorts });
