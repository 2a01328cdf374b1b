/**
 * The books of the payment saga: what must hold whenever nothing is under way, whoever paid whom and whatever
 * failed. No doors here, so that the story, the end-to-end tests and a property can ask the same six questions.
 */
import { formatPaise, paise } from '../../shared/money/index.ts';
import { waitFor } from '../../shared/testing/index.ts';
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
  /** What unfinished refunds will bring their payers, in paise. */
  readonly dueByUnfinished: number;
}

export interface Equation {
  readonly what: Text;
  readonly holds: boolean;
  /** The two sides, or what was found. */
  readonly seen: Text;
}

export interface Closing {
  /** How long a difference may last before it counts as one. @default 20 000 */
  readonly timeoutMs?: number;
  /** @default 250 */
  readonly everyMs?: number;
}

/**
 * Reads the books until they hold, because indexes come after their tables and events after both. What still
 * differs when the time is over is answered as it was seen last.
 * @throws {Error} they cannot be read
 */
export const closeBooks = async (
  read: () => Promise<Books>,
  { timeoutMs = 20_000, everyMs = 250 }: Closing = {},
): Promise<Equation[]> => {
  const end = performance.now() + timeoutMs;
  return waitFor(
    async () => {
      const equations = balance(await read());
      return (equations.every(({ holds }) => holds) || performance.now() >= end) && equations;
    },
    { what: 'the books', timeoutMs, everyMs },
  );
};

/** The six equations, each with what was seen; all must hold. */
export const balance = (books: Books): Equation[] => {
  const accounts = totals(books.lines, ({ account }) => account);
  return [
    postings(books.lines),
    storedBalances(books, accounts),
    clearing(books, accounts),
    openHolds(books, accounts),
    dueRefunds(books, accounts),
    noDebt(books),
  ];
};

type Totals = ReadonlyMap<string, number>;

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

const totals = (lines: readonly Line[], by: (line: Line) => string): Totals => {
  const found = new Map<string, number>();
  for (const line of lines) found.set(by(line), (found.get(by(line)) ?? 0) + line.amount);
  return found;
};

const shown = (value: number): string =>
  `${value < 0 ? '−' : ''}${formatPaise(paise(Math.abs(value)), 'en')}`;

const postings = (lines: readonly Line[]): Equation => {
  const transactions = totals(lines, ({ transaction }) => transaction);
  const uneven = [...transactions].filter(([, total]) => total !== 0);
  return {
    what: {
      en: 'postings add up to zero, in each transaction and in all',
      hi: 'प्रविष्टियों का जोड़ शून्य है, हर लेन-देन में और कुल मिलाकर',
    },
    holds: uneven.length === 0 && sum(lines.map(({ amount }) => amount)) === 0,
    seen: found(
      uneven.map(([transaction, total]) => same(`${transaction}: ${shown(total)}`)),
      {
        en: `${lines.length} postings in ${transactions.size} transactions`,
        hi: `${transactions.size} लेन-देन में ${lines.length} प्रविष्टियाँ`,
      },
    ),
  };
};

const storedBalances = ({ wallets }: Books, accounts: Totals): Equation => {
  const stored = new Map(wallets.map(({ user, balance }) => [`wallet:${user}`, balance]));
  const posted = [...accounts].filter(([account]) => account.startsWith('wallet:'));
  const drifted = [...new Map([...stored, ...posted]).keys()].filter(
    (account) => stored.get(account) !== (accounts.get(account) ?? 0),
  );
  return {
    what: {
      en: 'every stored balance is the sum of its postings',
      hi: 'हर जमा शेष अपनी प्रविष्टियों का जोड़ है',
    },
    holds: drifted.length === 0,
    seen: found(
      drifted.map((account) => {
        const user = account.slice('wallet:'.length);
        const here = stored.get(account);
        const there = shown(accounts.get(account) ?? 0);
        return {
          en: `${user}: ${here === undefined ? 'no balance' : shown(here)} stored, ${there} posted`,
          hi: `${user}: ${here === undefined ? 'कोई शेष नहीं' : shown(here)} जमा, ${there} प्रविष्टियों में`,
        };
      }),
      walletsOf(wallets),
    ),
  };
};

const clearing = ({ clearingAtBank }: Books, accounts: Totals): Equation => {
  const here = -(accounts.get('bank-clearing') ?? 0);
  return {
    what: {
      en: 'our clearing account is what the bank’s statement says',
      hi: 'हमारा समाशोधन खाता बैंक के विवरण से मेल खाता है',
    },
    holds: here === clearingAtBank,
    seen: {
      en: `${shown(here)} here, ${shown(clearingAtBank)} at the bank`,
      hi: `यहाँ ${shown(here)}, बैंक में ${shown(clearingAtBank)}`,
    },
  };
};

const openHolds = ({ heldByUnfinished }: Books, accounts: Totals): Equation => {
  const held = sum([...accounts].flatMap(([account, total]) => (account.startsWith('hold:') ? total : [])));
  return {
    what: {
      en: 'open holds are the holds of unfinished payments',
      hi: 'रोकी हुई रकम अधूरे भुगतानों की ही है',
    },
    holds: held === heldByUnfinished,
    seen: {
      en: `${shown(held)} held, ${shown(heldByUnfinished)} by unfinished payments`,
      hi: `${shown(held)} रुकी, अधूरे भुगतानों की ${shown(heldByUnfinished)}`,
    },
  };
};

const dueRefunds = ({ dueByUnfinished }: Books, accounts: Totals): Equation => {
  const due = accounts.get('refunds-due') ?? 0;
  return {
    what: {
      en: 'what is due as refunds is what unfinished refunds will bring',
      hi: 'लौटाने को बाकी रकम अधूरी वापसियों की ही है',
    },
    holds: due === dueByUnfinished,
    seen: {
      en: `${shown(due)} due, ${shown(dueByUnfinished)} by unfinished refunds`,
      hi: `${shown(due)} बाकी, अधूरी वापसियों की ${shown(dueByUnfinished)}`,
    },
  };
};

const noDebt = ({ wallets }: Books): Equation => {
  const overdrawn = wallets.filter(({ balance }) => balance < 0);
  return {
    what: { en: 'no wallet is below zero', hi: 'कोई वॉलेट शून्य से नीचे नहीं है' },
    holds: overdrawn.length === 0,
    seen: found(
      overdrawn.map(({ user, balance }) => same(`${user}: ${shown(balance)}`)),
      walletsOf(wallets),
    ),
  };
};

const walletsOf = ({ length }: Books['wallets']): Text => ({
  en: `${length} wallets`,
  hi: `${length} वॉलेट`,
});
const same = (text: string): Text => ({ en: text, hi: text });

/** Who is to blame, where somebody is; else what was looked at. */
const found = (culprits: readonly Text[], looked: Text): Text =>
  culprits.length === 0
    ? looked
    : { en: culprits.map(({ en }) => en).join('; '), hi: culprits.map(({ hi }) => hi).join('; ') };
