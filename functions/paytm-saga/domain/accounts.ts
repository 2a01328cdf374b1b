/**
 * The accounts of the ledger. A credit is what an account gains, so whoever has money with us has a credit balance.
 *
 * | Account | What its balance is |
 * |---|---|
 * | `wallet:<user>` | what we owe a payer |
 * | `hold:<user>` | what is set aside for payments under way: no longer the payer's, not yet the merchant's |
 * | `merchant:<merchant>` | what we owe a merchant |
 * | `bank-clearing` | what the bank holds for us: a debit balance, equal to the bank's statement |
 * | `commission` | what we have earned |
 * | `gst-output` | the tax on it, owed to the state |
 * | `refunds-due` | what merchants have given back and payers do not have yet |
 */
export { holdOf, merchantOf, walletOf } from '../../../shared/effects/index.ts';

export const BANK_CLEARING = 'bank-clearing';
export const COMMISSION = 'commission';
export const GST_OUTPUT = 'gst-output';
export const REFUNDS_DUE = 'refunds-due';
