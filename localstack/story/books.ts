/**
 * The books of the payment saga: what must hold whenever nothing is under way, whoever paid whom and whatever
 * failed. Pure, so that the story, the end-to-end tests and a property can ask the same five questions.
 */

/** A line of the ledger: signed paise, a credit is positive. */
export interface Line {
  readonly account: string;
  readonly amount: number;
  readonly transaction: string;
}

export interface Books {
  readonly lines: readonly Line[];
  /** Stored balances of the wallets, in paise. */
  readonly wallets: readonly { readonly user: string; readonly balance: number }[];
  /** What the bank's statement of our clearing account adds up to, in paise. */
  readonly clearingAtBank: number;
  /** What unfinished payments hold in our ledger, in paise. */
  readonly heldByUnfinished: number;
}

export interface Equation {
  readonly what: string;
  readonly holds: boolean;
  /** The two sides, or what was found. */
  readonly seen: string;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** The five equations, each with what was seen; all must hold. */
export const balance = ({ lines, wallets, clearingAtBank, heldByUnfinished }: Books): Equation[] => {
  const byAccount = new Map<string, number>();
  const byTransaction = new Map<string, number>();
  for (const { account, amount, transaction } of lines) {
    byAccount.set(account, (byAccount.get(account) ?? 0) + amount);
    byTransaction.set(transaction, (byTransaction.get(transaction) ?? 0) + amount);
  }
  const uneven = [...byTransaction].filter(([, total]) => total !== 0).map(([transaction]) => transaction);
  const drifted = wallets.filter(({ user, balance }) => balance !== (byAccount.get(`wallet:${user}`) ?? 0));
  const holds = sum(
    [...byAccount].filter(([account]) => account.startsWith('hold:')).map(([, total]) => total),
  );
  const overdrawn = wallets.filter((wallet) => wallet.balance < 0);
  const clearing = -(byAccount.get('bank-clearing') ?? 0);
  return [
    {
      what: 'postings add up to zero, in each transaction and in all',
      holds: uneven.length === 0 && sum(lines.map(({ amount }) => amount)) === 0,
      seen: `${lines.length} postings in ${byTransaction.size} transactions${uneven.length ? `, uneven: ${uneven.join(', ')}` : ''}`,
    },
    {
      what: 'every stored balance is the sum of its postings',
      holds: drifted.length === 0,
      seen: `${wallets.length} wallets${drifted.length ? `, drifted: ${drifted.map(({ user }) => user).join(', ')}` : ''}`,
    },
    {
      what: 'our clearing account is what the bank’s statement says',
      holds: clearing === clearingAtBank,
      seen: `${clearing} paise here, ${clearingAtBank} at the bank`,
    },
    {
      what: 'open holds are the holds of unfinished payments',
      holds: holds === heldByUnfinished,
      seen: `${holds} paise held, ${heldByUnfinished} by unfinished payments`,
    },
    {
      what: 'no wallet is below zero',
      holds: overdrawn.length === 0,
      seen: overdrawn.length ? overdrawn.map(({ user }) => user).join(', ') : `${wallets.length} wallets`,
    },
  ];
};
