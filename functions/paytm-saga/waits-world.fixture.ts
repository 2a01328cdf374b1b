/** Test help: who waits in the world of the saga, and what ends a wait: the payer, the bank, and time. */
import { HouseError } from '../../shared/errors/index.ts';
import { type Clock, everythingWaits, TOO_LATE } from '../../shared/testing/asl/clock.ts';
import type { Gate } from '../../shared/testing/index.ts';
import type { Told } from './bank.fixture.ts';
import { awaitBank } from './consumers/await-bank.ts';
import { hearBank } from './consumers/hear-bank.ts';
import type { WaitForBank } from './contract.ts';
import type { Bank } from './domain/ports.ts';
import type { City } from './saga-trial.fixture.ts';
import { moments } from './unsteady-ports.fixture.ts';

/** The gate of whoever meets no fault. */
export const same = <T>(port: T): T => port;

/** Something that happens some moments from now; once the faults have stopped, as soon as somebody waits for it. */
export const later = (city: City, name: string, happens: () => unknown): void => {
  if (city.calm) city.news.push(async () => happens());
  else
    city.world.actor(name, async (gate) => {
      await moments(gate, city.trial.answersAfter);
      happens();
    });
};

export const payerAnswers = ({ bank, trial: { payer } }: City, key: string): void => {
  if (payer === 'approves' || payer === 'declines') bank.answer(key, payer);
};

/** The bank's event, as its queue hands it over. */
export const tells = (city: City, { key, state }: Told): void => {
  const event = { id: `event-${state}-${key}`, data: { client: 'paytm-saga', kind: 'hold', key, state } };
  const hears = (gate: Gate): Promise<void> => {
    const ports = city.portsThrough(gate, 'bank');
    return consumed(city, () => (city.trial.defect?.hearBank ?? hearBank)(ports)(event as never));
  };
  if (city.calm) city.news.push(() => hears(same));
  else city.world.actor(`the bank tells ${state}`, hears);
};

/** The message with a token, as its queue hands it over. */
export const keepsToken = (city: City, gate: Gate, message: WaitForBank): Promise<void> => {
  const ports = city.portsThrough(gate, 'token');
  return consumed(city, () => awaitBank(ports)(message));
};

/** How often a queue brings a message; behind that lie the dead letters, and the wait ends by itself. */
const MOST_RECEIVES = 3;

const consumed = async ({ surprises }: City, work: () => Promise<void>): Promise<void> => {
  for (let received = 0; received < MOST_RECEIVES; received += 1) {
    try {
      await work();
      return;
    } catch (caught) {
      const error = HouseError.from(caught);
      if (error.retryable) continue;
      surprises.push(`a consumer parks ${error.name}: ${String(error.cause ?? error.message)}`);
      return;
    }
  }
};

/** Longer than a Lambda may take: a wait for a token. */
const A_TASK_MS = 15_000;
/** Moments after which a wait is over, while the faults last. */
const PATIENCE = 12;

/** Waits before retries take no time, but things happen meanwhile. A wait for a token ends when it is woken, or some time later. */
export const waitingClock = (city: City, name: string): Clock => ({
  now: () => city.clock.now().getTime(),
  sleep: () => hearNews(city),
  within: async (ms, work) => {
    if (ms <= A_TASK_MS) return work;
    let isOver = false;
    const over = () => {
      isOver = true;
    };
    work.then(over, over);
    const timeOut = (): typeof TOO_LATE => {
      if (!isOver) city.clock.advance(ms);
      return TOO_LATE;
    };
    if (city.calm) {
      await everythingWaits();
      await hearNews(city);
      await everythingWaits();
      return isOver ? work : timeOut();
    }
    const { promise, resolve } = Promise.withResolvers<typeof TOO_LATE>();
    city.world.actor(`the end of a wait of ${name}`, async (gate) => {
      await moments(gate, PATIENCE);
      resolve(timeOut());
    });
    return Promise.race([work, promise]);
  },
});

/** Whatever the payer and the bank had to say meanwhile; while the faults last they come by themselves. */
const hearNews = async ({ news }: City): Promise<void> => {
  for (let next = news.shift(); next; next = news.shift()) await next();
};

/**
 * Ends a wait; a law in passing: what the bank told stands in the record before anybody is woken by it. Whoever is woken
 * may have begun another wait since, so it is the payment that is looked at, and not whose token it keeps.
 */
export const wake = (city: City, token: string, by: string): void => {
  const isTold = city.store.all().some(({ waiting, heard }) => waiting !== undefined && heard !== undefined);
  if (by === 'bank' && !isTold) city.surprises.push('somebody was woken before it was written why');
  try {
    city.tokens.succeed(token, {});
  } catch (error) {
    if (!(error instanceof Error && error.name === 'TaskTimedOut')) throw error;
  }
};

/** Writes down who asks the bank for something without having asked what became of it; only the first may. */
export const watched = ({ blind }: City, bank: Bank): Bank => {
  const learned = new Set<string>();
  const asks = (what: string, key: string) => {
    if (!learned.has(key)) blind.push(`${what} ${key}`);
  };
  return {
    ...bank,
    async learn(key) {
      const found = await bank.learn(key);
      learned.add(key);
      return found;
    },
    async hold(key, order) {
      asks('hold', key);
      return bank.hold(key, order);
    },
    async capture(key) {
      asks('capture', key);
      return bank.capture(key);
    },
  };
};
