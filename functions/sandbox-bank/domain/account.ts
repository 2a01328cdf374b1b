import type { AccountId, Behaviour, DeclineCode, Instrument } from '../contract.ts';

/** A customer's account. Its balance is `available` + `held`, in paise. */
export interface Account {
  readonly id: AccountId;
  readonly reference: string;
  readonly available: number;
  readonly held: number;
  readonly behaviour: Behaviour;
  readonly openedAt: string;
}

export const wellBehaved: Behaviour = {
  slowMs: 0,
  outage: false,
  declineCode: null,
  loseAnswers: 0,
  creditsBlocked: false,
  approvals: 'at_once',
  settlesAfterMs: 0,
  holdsForMs: 900_000,
};

/** Cards, and the instalments on them, speak ISO 8583; UPI and net banking NPCI's language. */
const INSUFFICIENT: { readonly [instrument in Instrument]: 'Z9' | '51' } = {
  upi: 'Z9',
  net_banking: 'Z9',
  credit_card: '51',
  debit_card: '51',
  emi: '51',
};

/** Why the account's bank says no to `amount` paise, or nothing. What it was told to say comes first. */
export const declineOf = (
  { behaviour, available }: Account,
  { amount, instrument }: { readonly amount: number; readonly instrument: Instrument },
): DeclineCode | undefined =>
  behaviour.declineCode ?? (available < amount ? INSUFFICIENT[instrument] : undefined);

/**
 * The codes in words, for a program; what a person reads is in `messages.ts`.
 * NPCI's list of UPI response codes, and the response codes of ISO 8583 (field 39).
 */
export const declineReasons: { readonly [code in DeclineCode]: string } = {
  Z6: 'pin_tries_exceeded',
  Z7: 'frequency_limit_exceeded',
  Z8: 'amount_limit_exceeded',
  Z9: 'insufficient_funds',
  ZA: 'declined_by_customer',
  ZH: 'invalid_address',
  ZM: 'incorrect_pin',
  ZX: 'account_dormant',
  XH: 'account_does_not_exist',
  YE: 'account_blocked',
  K1: 'suspected_fraud',
  B3: 'transaction_not_permitted',
  U16: 'risk_threshold_exceeded',
  '05': 'do_not_honour',
  '51': 'insufficient_funds',
  '54': 'card_expired',
  '61': 'withdrawal_limit_exceeded',
};
