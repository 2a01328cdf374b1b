import { credit, debit } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { BANK_CLEARING, holdOf } from '../domain/accounts.ts';
import { bankKey } from '../domain/payment.ts';
import type { Bank } from '../domain/ports.ts';
import { bankPorts } from '../peers.ts';
import { forwardStep, type SagaPorts, WAITS } from '../store/saga.ts';

/**
 * Step 6: captures what step 5 set aside. From a bank, the money now lies in our clearing account; from the wallet
 * it lies in the hold already. Undone by `refund-charge`. An answer that was lost is asked for before the capture is.
 * @throws {PaymentDeclinedError} the bank said no; the payment turns back
 */
export const processPaymentStep = forwardStep<SagaPorts & { bank: Bank }>(
  'process_payment',
  async ({ bank }, { payment, ask }) => {
    const { id, payer, amount, method } = payment;
    if (method === 'paytm_wallet') return { facts: { transactionId: `wallet-${id}` } };
    const { again } = await ask();
    const known = again ? await bank.learn(bankKey(id)) : undefined;
    const charged = known?.capture ?? (await bank.capture(bankKey(id)));
    if (charged.state === 'open') return WAITS;
    return {
      facts: { transactionId: charged.reference },
      postings: [debit(BANK_CLEARING, amount), credit(holdOf(payer), amount)],
    };
  },
);

export const handler = taskHandler({ accepts: SagaInput, handle: processPaymentStep, ports: bankPorts });
