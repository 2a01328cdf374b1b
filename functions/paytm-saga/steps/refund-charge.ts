import { credit, debit } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { BANK_CLEARING, holdOf } from '../domain/accounts.ts';
import { bankKey } from '../domain/payment.ts';
import type { Bank } from '../domain/ports.ts';
import { bankPorts } from '../peers.ts';
import { compensation, type SagaPorts } from '../store/saga.ts';

/**
 * Undoes step 6: gives back what was captured, or sees to it that a capture that is still under way is refused.
 * The postings follow what the ledger had seen: a capture whose answer was lost was never posted.
 */
export const refundCharge = compensation<SagaPorts & { bank: Bank }>(
  'process_payment',
  async ({ bank }, payment) => {
    const { id, payer, amount, method } = payment;
    if (method === 'paytm_wallet') return { outcome: 'nothing' };
    const outcome = await bank.refund(bankKey(id));
    const wasPosted = payment.steps.process_payment?.state === 'done';
    return {
      outcome,
      postings: wasPosted ? [debit(holdOf(payer), amount), credit(BANK_CLEARING, amount)] : [],
    };
  },
);

export const handler = taskHandler({ accepts: SagaInput, handle: refundCharge, ports: bankPorts });
