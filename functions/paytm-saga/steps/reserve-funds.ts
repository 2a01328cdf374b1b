import { credit, debit } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { holdOf, walletOf } from '../domain/accounts.ts';
import { bankKey } from '../domain/payment.ts';
import type { Bank } from '../domain/ports.ts';
import { bankPorts } from '../peers.ts';
import type { People } from '../store/people.ts';
import { forwardStep, type SagaPorts } from '../store/saga.ts';
import { walletDebited } from '../store/wallets.ts';

/**
 * Step 5: sets the amount aside, in the wallet by our own ledger, or at the payer's bank. Undone by `release-hold`.
 * @throws {InsufficientFundsError} the wallet does not hold it; the payment is refused
 * @throws {PaymentDeclinedError} the bank said no; the payment is refused
 */
export const reserveFundsStep = forwardStep<SagaPorts & { people: People; bank: Bank }>(
  'reserve_funds',
  async ({ people, bank }, { payment, ask }) => {
    const { id, payer, amount, method } = payment;
    if (method === 'paytm_wallet') {
      return {
        changes: [walletDebited(payer, amount)],
        postings: [debit(walletOf(payer), amount), credit(holdOf(payer), amount)],
      };
    }
    const { bankAccount } = await people.user(payer);
    await ask();
    const { reference } = await bank.hold(bankKey(id), { account: bankAccount, amount, method });
    return { facts: { reference } };
  },
);

export const handler = taskHandler({ accepts: SagaInput, handle: reserveFundsStep, ports: bankPorts });
