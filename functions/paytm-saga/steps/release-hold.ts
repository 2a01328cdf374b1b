import { credit, debit } from '../../../shared/effects/index.ts';
import { taskHandler } from '../../../shared/lambda/index.ts';
import { SagaInput } from '../contract.ts';
import { holdOf, walletOf } from '../domain/accounts.ts';
import { bankKey } from '../domain/payment.ts';
import type { Bank } from '../domain/ports.ts';
import { bankPorts } from '../peers.ts';
import { compensation, type SagaPorts } from '../store/saga.ts';
import { walletCredited } from '../store/wallets.ts';

/** Undoes step 5: the held amount goes back to the wallet, or the bank releases its hold. */
export const releaseHold = compensation<SagaPorts & { bank: Bank }>(
  'reserve_funds',
  async ({ bank }, payment) => {
    const { id, payer, amount, method } = payment;
    if (method !== 'paytm_wallet') return { outcome: await bank.release(bankKey(id)) };
    return {
      outcome: 'reversed',
      changes: [walletCredited(payer, amount)],
      postings: [debit(holdOf(payer), amount), credit(walletOf(payer), amount)],
    };
  },
);

export const handler = taskHandler({ accepts: SagaInput, handle: releaseHold, ports: bankPorts });
