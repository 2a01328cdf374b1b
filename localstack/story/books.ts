/**
 * The books of the payment saga: what must hold whenever nothing is under way, whoever paid whom and whatever
 * failed. Pure, so that the story, the end-to-end tests and a property can ask the same five questions.
 */
import { formatPaise, paise } from '../../shared/money/index.ts';
import type { Text } from './texts.ts';

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
  readonly what: Text;
  readonly holds: boolean;
  /** The two sides, or what was found. */
  readonly seen: Text;
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
  const amount = (value: number) => `${value < 0 ? '−' : ''}${formatPaise(paise(Math.abs(value)), 'en')}`;
  const wallet = { en: `${wallets.length} wallets`, hi: `${wallets.length} वॉलेट` };
  return [
    {
      what: {
        en: 'postings add up to zero, in each transaction and in all',
        hi: 'प्रविष्टियों का जोड़ शून्य है, हर लेन-देन में और कुल मिलाकर',
      },
      holds: uneven.length === 0 && sum(lines.map((line) => line.amount)) === 0,
      seen: found(uneven, {
        en: `${lines.length} postings in ${byTransaction.size} transactions`,
        hi: `${byTransaction.size} लेन-देन में ${lines.length} प्रविष्टियाँ`,
      }),
    },
    {
      what: {
        en: 'every stored balance is the sum of its postings',
        hi: 'हर जमा शेष अपनी प्रविष्टियों का जोड़ है',
      },
      holds: drifted.length === 0,
      seen: found(
        drifted.map(({ user }) => user),
        wallet,
      ),
    },
    {
      what: {
        en: 'our clearing account is what the bank’s statement says',
        hi: 'हमारा समाशोधन खाता बैंक के विवरण से मेल खाता है',
      },
      holds: clearing === clearingAtBank,
      seen: {
        en: `${amount(clearing)} here, ${amount(clearingAtBank)} at the bank`,
        hi: `यहाँ ${amount(clearing)}, बैंक में ${amount(clearingAtBank)}`,
      },
    },
    {
      what: {
        en: 'open holds are the holds of unfinished payments',
        hi: 'रोकी हुई रकम अधूरे भुगतानों की ही है',
      },
      holds: holds === heldByUnfinished,
      seen: {
        en: `${amount(holds)} held, ${amount(heldByUnfinished)} by unfinished payments`,
        hi: `${amount(holds)} रुकी, अधूरे भुगतानों की ${amount(heldByUnfinished)}`,
      },
    },
    {
      what: { en: 'no wallet is below zero', hi: 'कोई वॉलेट शून्य से नीचे नहीं है' },
      holds: overdrawn.length === 0,
      seen: found(
        overdrawn.map(({ user }) => user),
        wallet,
      ),
    },
  ];
};

/** Who is to blame, where somebody is; else what was looked at. */
const found = (culprits: readonly string[], looked: Text): Text =>
  culprits.length === 0 ? looked : { en: culprits.join(', '), hi: culprits.join(', ') };
