/** Test help: a ledger and a bank's statement that move together, or do not, and the closing of their days. */
import {
  type Account,
  credit,
  debit,
  type EffectStore,
  eventOf,
  memoryStore,
  type Posting,
  put,
} from '../../shared/effects/index.ts';
import { paise } from '../../shared/money/index.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { START } from './city.fixture.ts';
import { type CloseDaysPorts, closeDays } from './consumers/close-days.ts';
import type { ClosingWork } from './contract.closing.ts';
import { BANK_CLEARING, COMMISSION, walletOf } from './domain/accounts.ts';
import type { Movement } from './domain/reconciliation.ts';
import { closingsOn } from './store/closing-ports.ts';
import { paymentKey } from './store/keys.ts';
import { INDEXES, portsOn } from './store/ports.ts';

/** What is moved: the money of a key, in paise that come into our clearing account, at the bank, in our ledger, or both. */
export interface Moved {
  readonly key: string;
  readonly amount?: number;
  readonly at?: 'both' | 'bank' | 'ledger';
}

/** On a store in memory, of which a test can also read what the city was told, by its days. */
export const closingCity = () => {
  const city = closingCityOn(memoryStore({ indexes: INDEXES }));
  const told = () =>
    city.store
      .all()
      .filter(({ pk }) => String(pk).startsWith('OUTBOX#'))
      .map((item) => eventOf(item))
      .sort((one, two) => (one.subject < two.subject ? -1 : 1));
  return { ...city, told };
};

export const closingCityOn = <S extends EffectStore>(store: S) => {
  const clock = fixedClock(START);
  const lines: Movement[] = [];
  const queue: ClosingWork[] = [];
  const differed: number[] = [];
  const faults: { statement?: Error } = {};
  /** How many pieces of work fit into the time of one message. */
  const patience = { pieces: Number.POSITIVE_INFINITY };
  const pageOfLines = { limit: 3 };
  const ids = sequenceIds();
  const around = {
    ...{ now: clock.now, ids, chance: () => 0.5, deadline: () => 5_000, pause: async () => undefined },
  };
  const ports: CloseDaysPorts & ReturnType<typeof portsOn> = {
    ...portsOn(store, around),
    ...closingsOn(store),
    differ: (differences) => differed.push(differences),
    send: async (work) => {
      queue.push(work);
    },
    statement: {
      async page(from = '0') {
        if (faults.statement) throw faults.statement;
        const start = Number(from);
        const page = lines.slice(start, start + pageOfLines.limit);
        const openingBalance = lines.slice(0, start).reduce((sum, { amount }) => sum + amount, 0);
        // As the bank: a page that reaches the present has no next one.
        const isLast = start + page.length >= lines.length;
        return { openingBalance, lines: page, ...(isLast ? {} : { next: String(start + page.length) }) };
      },
    },
  };
  let moves = 0;
  const post = async (key: string, postings: readonly Posting[]) => {
    moves += 1;
    await ports.effects.commit({
      effect: { owner: key, name: `move-${moves}` },
      postings: { facts: { payment: key }, lines: postings },
      answer: null,
    });
  };
  return {
    ports,
    store,
    clock,
    lines,
    queue,
    differed,
    faults,
    patience,
    pageOfLines,
    async move({ key, amount = 1_000, at = 'both' }: Moved): Promise<void> {
      if (at !== 'ledger') lines.push({ key, amount, at: clock.now().toISOString() });
      if (at === 'bank') return;
      const [from, to]: [Account, Account] =
        amount > 0 ? [BANK_CLEARING, walletOf(key)] : [walletOf(key), BANK_CLEARING];
      const sum = paise(Math.abs(amount));
      await post(key, [debit(from, sum), credit(to, sum)]);
    },
    /** Moves inside our ledger, of which the bank knows nothing. */
    pay: (key: string, amount: number) =>
      post(key, [debit(walletOf(key), paise(amount)), credit(COMMISSION, paise(amount))]),
    /** What is known of a payment. */
    knows: (key: string, status: string, endedAt?: string) =>
      store.transact([put(paymentKey(key), { status, createdAt: START, endedAt })]),
    /** Works off a message, and those that follow from it; answers how many there were. */
    async work(work: ClosingWork = { closing: 'due' }): Promise<number> {
      let messages = 0;
      for (let next: ClosingWork | undefined = work; next !== undefined; next = queue.shift()) {
        messages += 1;
        let pieces = patience.pieces;
        const remainingMs = () => {
          pieces -= 1;
          return pieces < 0 ? 14_999 : 60_000;
        };
        await closeDays(ports)(next, { correlationId: 'correlation', traceparent: 'trace', remainingMs });
      }
      return messages;
    },
  };
};

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** From the start of the test, 15:30 in Asia/Kolkata, to a quarter past the next midnight. */
export const TO_CLOSING = 8.75 * HOUR;
export const A_DAY = 24 * HOUR;
