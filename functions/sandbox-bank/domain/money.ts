/** Movements of money, as what they do to the parts of an account and to a clearing account. */
import type { AccountId, ClearingAlias } from '../contract.ts';

/**
 * Paise, signed. Nothing is made or lost: `available + held + cleared` is zero, whatever moves.
 */
export interface Money {
  readonly account: AccountId;
  readonly available: number;
  readonly held: number;
  /** What the clearing account gains. */
  readonly cleared: number;
  readonly into?: ClearingAlias;
}

interface Sum {
  readonly account: AccountId;
  readonly amount: number;
}

export const setAside = ({ account, amount }: Sum): Money => ({
  account,
  available: -amount,
  held: amount,
  cleared: 0,
});

export const release = ({ account, amount }: Sum): Money => ({
  account,
  available: amount,
  held: -amount,
  cleared: 0,
});

/** Takes from what is held, or straight from what is available. */
export const take = ({ account, amount }: Sum, into: ClearingAlias, from: 'held' | 'available'): Money => ({
  account,
  available: from === 'available' ? -amount : 0,
  held: from === 'held' ? -amount : 0,
  cleared: amount,
  into,
});

export const giveBack = (
  { account, into }: { readonly account: AccountId; readonly into: ClearingAlias },
  amount: number,
): Money => ({ account, available: amount, held: 0, cleared: -amount, into });
