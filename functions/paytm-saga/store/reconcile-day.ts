import type { Effects, LedgerLine } from '../../../shared/effects/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { closingEvents } from '../contract.closing.ts';
import { BANK_CLEARING } from '../domain/accounts.ts';
import { dayAfter, dayOf, endOf } from '../domain/days.ts';
import { DayUnbalancedError, TooManyOpenItemsError } from '../domain/errors.ts';
import {
  booked,
  judged,
  lagging,
  type Movement,
  type Reading,
  type Statement,
  type StatementPage,
} from '../domain/reconciliation.ts';
import { booksUpTo, type Closings } from './closings.ts';
import type { Ledger } from './ledger.ts';
import { type Reconciliation, type Reconciliations, reconciliationWentOn } from './reconciliations.ts';

export interface ReconcilePorts {
  readonly closings: Closings;
  readonly reconciliations: Reconciliations;
  readonly statement: Statement;
  readonly ledger: Ledger;
  readonly effects: Effects;
  readonly now: Now;
  /** Says how many differences there are, so that an alarm can ring. */
  readonly differ: (differences: number) => void;
}

interface Origin {
  readonly correlationId: string;
  readonly traceparent: string;
}

type Running = Reconciliation & Required<Pick<Reconciliation, 'from' | 'until' | 'bank' | 'ledger' | 'open'>>;

const LINES = 200;
/** What is open is kept in one record, which a person can work off. */
const MOST_OPEN = 1_000;
const KEEP_DAYS = 40;

/** The final reconciliation of a day that is closed. */
export const finalOf = (day: string, now: Date): Reconciliation => ({
  ...{ day, kind: 'final', request: `final ${day}`, status: 'asked', page: 0 },
  askedAt: now.toISOString(),
});

/**
 * Reconciles by one piece: begins, reads a page of the side that lags behind, or ends. Each piece is an effect, so it can
 * be interrupted anywhere and done again.
 * @throws {PeerUnavailableError} the bank does not answer; a retry can help
 * @throws {TooManyOpenItemsError} bank and ledger agree on next to nothing; a retry cannot help
 * @throws {DayUnbalancedError} the lines of our clearing account are not what it was closed with
 */
export const reconcilePiece =
  (ports: ReconcilePorts) =>
  async (run: Reconciliation, origin: Origin): Promise<void> => {
    if (run.status === 'done') return; // somebody else was faster
    if (run.status === 'asked') return goOn(ports, run, await begun(ports, run));
    const running = run as Running; // `begun` has set what is needed
    const side = lagging(running);
    if (side === undefined) return end(ports, running, origin);
    const { movements, ...read } =
      side === 'bank' ? await bankPage(ports, running) : await ledgerPage(ports, running);
    const open = booked(running.open, side, movements);
    if (open.length > MOST_OPEN) {
      throw new TooManyOpenItemsError({ day: run.day, open: open.length, limit: MOST_OPEN });
    }
    return goOn(ports, running, { ...running, ...read, open });
  };

const goOn = async ({ effects }: ReconcilePorts, from: Reconciliation, to: Reconciliation): Promise<void> => {
  await effects.commit({
    effect: { owner: `reconciliation ${from.request}`, name: `page-${from.page}`, keepDays: KEEP_DAYS },
    changes: [reconciliationWentOn(from, { ...to, page: from.page + 1 })],
    answer: null,
  });
};

/** From where the last day that was reconciled ended, with what was open then; the first one begins with nothing. */
const begun = async (
  { closings, reconciliations, now }: ReconcilePorts,
  run: Reconciliation,
): Promise<Running> => {
  const { first = run.day, reconciled } = await closings.books();
  const last = reconciled === undefined ? undefined : await reconciliations.find(reconciled, 'final');
  const { bank, ledger, differences = [], inTransit = [] } = last ?? {};
  const fresh = { isDone: false, lastAt: '', lines: 0 };
  return {
    ...{ ...run, status: 'in_progress' },
    ...{ from: reconciled === undefined ? '' : endOf(reconciled) },
    until: run.kind === 'final' ? endOf(run.day) : now().toISOString(),
    bank: { ...fresh, balance: bank?.balance ?? 0, from: bank?.from },
    ledger: {
      ...{ ...fresh, balance: ledger?.balance ?? 0 },
      day: reconciled === undefined ? first : dayAfter(reconciled),
    },
    open: [
      ...differences.map(({ key, bank: atBank, ledger: here, since }) => ({
        key,
        bank: atBank,
        ledger: here,
        since,
      })),
      ...inTransit,
    ],
  };
};

/** The cursor stays at the page in which the end was found: the next day begins there, and leaves out what is before it. */
const bankPage = async ({ statement }: ReconcilePorts, { bank, from, until }: Running) => {
  const page: StatementPage = await statement.page(bank.from);
  const before = page.lines.filter(({ at }) => at < until);
  const movements = before.filter(({ at }) => at >= from);
  const isDone = page.next === undefined || before.length < page.lines.length;
  const read: Reading = {
    ...{ isDone, from: isDone ? bank.from : page.next },
    lastAt: before.at(-1)?.at ?? bank.lastAt,
    balance: page.openingBalance + sumOf(before),
    lines: bank.lines + movements.length,
  };
  return { movements, bank: read };
};

const ledgerPage = async ({ ledger: book }: ReconcilePorts, { ledger, until }: Running) => {
  const { items, next } = await book.ofAccount(BANK_CLEARING, ledger.day, {
    limit: LINES,
    cursor: ledger.from,
  });
  const movements = items.map(movementOf).filter(({ at }) => at < until);
  const isDayDone = next === undefined || movements.length < items.length;
  const lastDay = dayOf(new Date(Date.parse(until) - 1));
  const isDone = isDayDone && ledger.day >= lastDay;
  const read = {
    ...{ isDone, from: isDayDone ? undefined : next },
    day: isDayDone && !isDone ? dayAfter(ledger.day) : ledger.day,
    lastAt: movements.at(-1)?.at ?? ledger.lastAt,
    balance: ledger.balance + sumOf(movements),
    lines: ledger.lines + movements.length,
  };
  return { movements, ledger: read };
};

const movementOf = ({ key, payment, transaction, amount, at }: LedgerLine): Movement => ({
  ...{ key: key ?? payment ?? transaction, at },
  amount: amount === 0 ? 0 : -amount, // what the bank holds for us is a debit
});

const sumOf = (movements: readonly Movement[]): number =>
  movements.reduce((sum, { amount }) => sum + amount, 0);

const end = async (ports: ReconcilePorts, run: Running, origin: Origin): Promise<void> => {
  const { closings, reconciliations, effects, differ } = ports;
  const { day, kind, request, page, until, open, ...rest } = run;
  const subjects = await reconciliations.subjects(open.map(({ key }) => key));
  const { differences, inTransit } = judged(open, subjects, until);
  const done: Reconciliation = {
    ...{ ...rest, day, kind, request, until, status: 'done', page: page + 1 },
    ...{ differences, inTransit },
  };
  const books = kind === 'final' ? await final(closings, done as Done, origin) : undefined;
  // Before the commit, so that it is said; said twice it is the same.
  differ(differences.length);
  await effects.commit({
    effect: { owner: `reconciliation ${request}`, name: 'end', keepDays: KEEP_DAYS },
    changes: [reconciliationWentOn(run, done), ...(books?.changes ?? [])],
    events: books?.events ?? [],
    answer: null,
  });
};

type Done = Running & Required<Pick<Reconciliation, 'differences' | 'inTransit'>>;

/** What a final one brings along: the books are reconciled so far, and the city hears of it. */
const final = async (
  closings: Closings,
  { day, bank, ledger, differences, inTransit }: Done,
  origin: Origin,
) => {
  const [state, clearing, { first = day, reconciled: before }] = await Promise.all([
    closings.day(day),
    closings.last(BANK_CLEARING, day),
    closings.books(),
  ]);
  const { accounts = 0, postings = 0, credits = 0 } = state ?? {};
  // Two ways to the same number: page by page of the day, and line by line of the account.
  const closed = 0 - (clearing?.closing ?? 0);
  if (closed !== ledger.balance)
    throw new DayUnbalancedError({ day, debits: closed, credits: ledger.balance });
  return {
    changes: [booksUpTo('reconciled', { day, before, first })],
    events: [
      closingEvents.dayClosed.of({
        ...{ ...origin, subject: day, sequence: 1, causationId: `closing ${day}` },
        data: {
          ...{
            day,
            accounts,
            postings,
            turnover: credits,
            bankBalance: bank.balance,
            ledgerBalance: ledger.balance,
          },
          ...{ differences: differences.length, inTransit: inTransit.length },
        },
      }),
    ],
  };
};
