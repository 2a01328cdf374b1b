import { credit, debit } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { COMMISSION, GST_OUTPUT, holdOf, merchantOf } from '../domain/accounts.ts';
import { settlementOf } from '../domain/settlement.ts';
import { merchantMaySettle, merchantPaid } from '../store/people.ts';
import { tablePorts } from '../store/ports.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';

/**
 * Step 7, the pivot: what is held becomes the merchant's money, our commission and its tax, in one transaction
 * that also looks at the merchant once more, and counts what the day has brought.
 * @throws {SettlementFrozenError} @throws {MerchantSuspendedError} @throws {MerchantDailyLimitError} since step 3; the
 *   payment turns back
 */
export const settleMerchantStep = forwardStep<SagaPorts>('settle_merchant', ({ now }, { payment }) => {
  const { payer, merchant, amount } = payment;
  const parts = settlementOf(amount);
  return {
    facts: { merchantAmount: parts.merchant, commission: parts.commission, gst: parts.gst },
    changes: [merchantMaySettle(merchant), merchantPaid(merchant, amount, now())],
    postings: [
      debit(holdOf(payer), amount),
      credit(merchantOf(merchant), parts.merchant),
      credit(COMMISSION, parts.commission),
      credit(GST_OUTPUT, parts.gst),
    ].filter((line) => line.amount !== 0),
  };
});

export const handler = taskHandler({ accepts: SagaInput, handle: settleMerchantStep, ports: tablePorts });
