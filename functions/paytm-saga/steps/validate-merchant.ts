import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { checkCollect } from '../domain/instruments.ts';
import { validateMerchant } from '../domain/rules.ts';
import type { People } from '../store/people.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/**
 * Step 3: may this merchant be paid this much, and in this way?
 * @throws {MerchantSuspendedError} @throws {SettlementFrozenError} @throws {MerchantLimitError}
 * @throws {MerchantDailyLimitError} @throws {UpiCollectEndedError} @throws {NotFoundError} the payment is refused
 */
export const validateMerchantStep = forwardStep<SagaPorts & { people: People }>(
  'validate_merchant',
  async ({ people, now }, { payment: { merchant: id, amount, upi = {}, createdAt } }) => {
    const merchant = await people.merchant(id);
    checkCollect(upi, merchant.category, new Date(createdAt));
    return { facts: validateMerchant(merchant, amount, await people.paidOn(id, now())) };
  },
);

export const handler = taskHandler({ accepts: SagaInput, handle: validateMerchantStep, ports: tablePorts });
