/**
 * Reconciliation: what the bank's statement of our clearing account says, beside what our ledger says of it, key by key.
 * Both sides sign alike here: what came into the clearing account is positive.
 */

export type Side = 'bank' | 'ledger';

/** One line of a side. */
export interface Movement {
  /** Under which the bank knows it: the id of a payment, a top-up or a refund. */
  readonly key: string;
  /** Signed paise. */
  readonly amount: number;
  /** ISO 8601 UTC. */
  readonly at: string;
}

/** A key of which the two sides do not say the same (yet). */
export interface OpenItem {
  readonly key: string;
  /** What each side has moved under it, in signed paise. */
  readonly bank: number;
  readonly ledger: number;
  /** When it was seen first. ISO 8601 UTC. */
  readonly since: string;
}

export type Difference = OpenItem & { readonly kind: 'only_at_bank' | 'only_in_ledger' | 'amounts_differ' };

/** What we know of a payment, top-up or refund. */
export interface Subject {
  /** Neither in progress nor waiting for a person. */
  readonly isFinished: boolean;
  /** ISO 8601 UTC. */
  readonly changedAt: string;
}

/** Books the movements of one side; what both sides say alike is no longer open. */
export const booked = (
  open: readonly OpenItem[],
  side: Side,
  movements: readonly Movement[],
): readonly OpenItem[] => {
  const items = new Map(open.map((item) => [item.key, item]));
  for (const { key, amount, at } of movements) {
    const item = items.get(key) ?? { key, bank: 0, ledger: 0, since: at };
    const moved = { ...item, [side]: item[side] + amount };
    if (moved.bank === moved.ledger) items.delete(key);
    else items.set(key, moved);
  }
  return [...items.values()];
};

/** The bank moves first and we book after it: what came to its end so shortly before may still be half of it only. */
const AT_REST_MS = 60_000;

/**
 * Divides what is open: what belongs to something that is still under way, or was until a minute before, is in transit
 * and is looked at again the next time; all else is a difference.
 * @param until what is later than that was not looked at
 */
export const judged = (
  open: readonly OpenItem[],
  subjects: ReadonlyMap<string, Subject>,
  until: string,
): { readonly differences: Difference[]; readonly inTransit: OpenItem[] } => {
  const atRest = new Date(Date.parse(until) - AT_REST_MS).toISOString();
  const isInTransit = ({ key }: OpenItem) => {
    const subject = subjects.get(key);
    return subject !== undefined && (!subject.isFinished || subject.changedAt >= atRest);
  };
  const items = open.toSorted((one, two) => (orderOf(one) < orderOf(two) ? -1 : 1));
  return {
    inTransit: items.filter(isInTransit),
    differences: items.filter((item) => !isInTransit(item)).map((item) => ({ ...item, kind: kindOf(item) })),
  };
};

/** The oldest first. */
const orderOf = ({ since, key }: OpenItem): string => `${since} ${key}`;

const kindOf = ({ bank, ledger }: OpenItem): Difference['kind'] => {
  if (ledger === 0) return 'only_at_bank';
  return bank === 0 ? 'only_in_ledger' : 'amounts_differ';
};

/** A page of the bank's statement. */
export interface StatementPage {
  /** In paise, before its lines. */
  readonly openingBalance: number;
  /** Oldest first; a page may have none and a next one. */
  readonly lines: readonly Movement[];
  readonly next?: string | undefined;
}

/** The bank's statement of our clearing account, from its first line on. */
export interface Statement {
  /** @throws {PeerUnavailableError} no answer; a retry can help */
  page(from?: string): Promise<StatementPage>;
}

/** How far a side has been read. */
export interface Reading {
  readonly isDone: boolean;
  /** The time of the last line that was read; empty before the first. */
  readonly lastAt: string;
  /** What the clearing account holds by this side, in paise, after that line. */
  readonly balance: number;
  /** How many lines were booked. */
  readonly lines: number;
  readonly from?: string | undefined;
}

/** Which side is to be read next: the one that lags behind, so that what matches does not stay in memory. */
export const lagging = ({ bank, ledger }: { bank: Reading; ledger: Reading }): Side | undefined => {
  if (bank.isDone && ledger.isDone) return undefined;
  if (bank.isDone) return 'ledger';
  if (ledger.isDone) return 'bank';
  return ledger.lastAt < bank.lastAt ? 'ledger' : 'bank';
};
