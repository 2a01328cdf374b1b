import { paise } from '../../../shared/money/index.ts';
import type { AccountView, CustomerAccountView } from '../contract.ts';
import type { Account } from './account.ts';
import type { ClearingAccount } from './ports.ts';

/** What operators see of a customer's account. */
export const customerView = ({ available, held, ...account }: Account): CustomerAccountView => ({
  ...account,
  kind: 'customer',
  balance: paise(available + held),
  available: paise(available),
  held: paise(held),
});

export const accountView = (account: Account | ClearingAccount): AccountView =>
  'available' in account ? customerView(account) : { ...account, kind: 'clearing' };
