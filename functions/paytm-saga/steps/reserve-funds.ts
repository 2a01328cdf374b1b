import { credit, debit } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { holdOf, walletOf } from '../domain/accounts.ts';
import { bankKey } from '../domain/payment.ts';
import type { Bank } from '../domain/ports.ts';
import { bankPorts } from '../peers.ts';
import type { People } from '../store/people.ts';
import { forwardStep, type SagaPorts, WAITS } from '../store/saga.ts';
import { walletDebited } from '../store/wallets.ts';

/**
 * Step 5: sets the amount aside, in the wallet by our own ledger, or at the payer's bank, which may ask the payer first.
 * Undone by `release-hold`. Where it was asked for before, the bank is asked what became of it, before it is asked again.
 * @throws {InsufficientFundsError} the wallet does not hold it; the payment is refused
 * @throws {PaymentDeclinedError} the bank or the payer said no, or nobody approved in time; the payment is refused
 */
export const reserveFundsStep = forwardStep<SagaPorts & { people: People; bank: Bank }>(
  'reserve_funds',
  async ({ people, bank }, { payment, ask }) => {
    const { id, payer, amount, method, approval, emiMonths } = payment;
    if (method === 'paytm_wallet') {
      return {
        changes: [walletDebited(payer, amount)],
        postings: [debit(walletOf(payer), amount), credit(holdOf(payer), amount)],
      };
    }
    const { bankAccount } = await people.user(payer);
    const { again } = await ask();
    const known = again ? await bank.learn(bankKey(id)) : undefined;
    const charged =
      known?.hold ??
      (await bank.hold(bankKey(id), {
        ...{ account: bankAccount, amount, method },
        ...(approval ? { approval } : {}),
        ...(emiMonths === undefined ? {} : { emi: { months: emiMonths } }),
      }));
    return charged.state === 'open' ? WAITS : { facts: { reference: charged.reference } };
  },
);

export const handler = taskHandler({ accepts: SagaInput, handle: reserveFundsStep, ports: bankPorts });
