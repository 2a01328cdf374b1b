/** Test help: one payment under way, on a store in memory, and the machine that drives it, without any fault. */
import { memoryStore } from '../../shared/effects/index.ts';
import { TransientError } from '../../shared/errors/index.ts';
import { everythingWaits, stillClock, TOO_LATE } from '../../shared/testing/asl/clock.ts';
import { EngineKilled, StateError } from '../../shared/testing/asl/errors.ts';
import { taskTokens } from '../../shared/testing/asl/tokens.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank, type Told } from './bank.fixture.ts';
import { DAY, newPayment, type Peculiar, paymentId, START, settleIn } from './city.fixture.ts';
import { awaitBank } from './consumers/await-bank.ts';
import { hearBank } from './consumers/hear-bank.ts';
import type { Payment } from './domain/payment.ts';
import type { Bank } from './domain/ports.ts';
import { endingOf, executed, TASKS, type Task } from './machine.fixture.ts';
import { memoryParking } from './parking.fixture.ts';
import type { Defect } from './saga-trial.fixture.ts';
import { INDEXES, portsOn } from './store/ports.ts';

export const PAYMENT = paymentId(0);

interface Around {
  /** A state: the engine dies before its Lambda is called. */
  readonly dieAt?: string;
  /** What happens each time that the execution waits for the bank. */
  readonly whileWaiting?: () => unknown;
  /** Stands between the machine and the Lambda of a state. */
  readonly between?: (state: string, work: () => Promise<unknown>) => Promise<unknown>;
}
const nothing = () => undefined;
const straight: NonNullable<Around['between']> = (_, work) => work();

/** What is asked of the payment, what is special around it, and what is wrong with the product. */
export interface Asked extends Partial<Payment> {
  readonly wallet?: number;
  /** Where the clock stands. @default START */
  readonly at?: string;
  readonly people?: Peculiar;
  readonly defect?: Pick<Defect, 'store' | 'bank' | 'tasks' | 'machine'>;
}

/** One payment under way, on a store in memory. */
export const onePayment = async ({
  wallet = 0,
  at = START,
  people = {},
  defect = {},
  ...over
}: Asked = {}) => {
  const clock = fixedClock(at);
  const store = memoryStore({ indexes: INDEXES });
  await settleIn(store, { wallet, people, payments: [newPayment(over)] });
  const { bank, behaviour, charges, clearing, answer, settle } = memoryBank({
    now: clock.now,
    tell: (told) => news.push(told),
  });
  /** What the bank has told, and nobody has heard yet. */
  const news: Told[] = [];
  const asked = defect.bank?.(bank, `${PAYMENT}.1`) ?? bank;
  const tokens = taskTokens();
  const outage = new Set<keyof Bank>();
  const { parking, parked, letters } = memoryParking(clock.now);
  const known = new Map<string, 'running' | 'ended'>();
  const started: string[] = [];
  const ports = {
    ...portsOn(defect.store?.(store) ?? store, {
      now: clock.now,
      ids: sequenceIds(),
      chance: () => 0.5,
      deadline: () => 5_000,
      pause: async () => {},
    }),
    bank: {
      ...asked,
      async refund(key: string) {
        if (outage.has('refund')) throw new TransientError({ reason: 'the bank does not answer' });
        return asked.refund(key);
      },
    },
    parking,
    tokens: {
      async wake(token: string) {
        woken.push(token);
        try {
          tokens.succeed(token, {});
        } catch (error) {
          if (!(error instanceof StateError)) throw error;
        }
      },
    },
    executions: {
      start: async ({ id, actor }: { id: string; actor: number }) => {
        started.push(`${id}.${actor}`);
        known.set(`${id}.${actor}`, 'running');
      },
      state: async (id: string, actor: number) => known.get(`${id}.${actor}`) ?? ('absent' as const),
    },
  };
  const woken: string[] = [];
  /** Hears what the bank has told since, each of it as often as its queue may bring it. */
  const hear = async (): Promise<void> => {
    for (const { key, state } of news.splice(0)) {
      const event = { id: `event-${state}`, data: { client: 'paytm-saga', kind: 'hold', key, state } };
      await hearBank(ports)(event as never);
    }
  };
  /** The states that executions entered. */
  const trail: string[] = [];

  /** One execution of the real machine. */
  const execute = async (
    n = 1,
    { dieAt, whileWaiting = nothing, between = straight }: Around = {},
  ): Promise<string> => {
    try {
      const report = await executed({
        ...(defect.machine ? { machine: defect.machine } : {}),
        executionId: `${PAYMENT}.${n}`,
        input: { payment: PAYMENT, correlationId: 'correlation', traceparent: 'trace' },
        clock: {
          ...stillClock(() => clock.now().getTime()),
          // A wait for a token: something happens, and when nobody was woken by it time runs out.
          within: async (ms, work) => {
            if (ms <= 15_000) return work;
            const asleep = woken.length;
            await everythingWaits();
            clock.advance(1); // two waits are told apart by when they began
            await whileWaiting();
            await hear();
            if (woken.length > asleep) return work;
            clock.advance(ms);
            return TOO_LATE;
          },
        },
        tokens,
        send: (message) => awaitBank(ports)(message),
        invoke: async (task, { context, input }) => {
          if (context.state === dieAt) throw new EngineKilled();
          const use: Task = defect.tasks?.[task] ?? TASKS[task];
          return between(context.state, () => use(ports as never)(input as never, context as never));
        },
      });
      trail.push(...report.path);
      return endingOf(report);
    } catch (caught) {
      if (caught instanceof EngineKilled) return 'died';
      throw caught;
    }
  };
  const balanceOf = async (account: string): Promise<number> => {
    let sum = 0;
    for (const shard of [0, 1, 2, 3]) {
      const { items } = await ports.ledger.ofDay(DAY, shard, { limit: 100 });
      for (const line of items) if (line.account === account) sum += line.amount;
    }
    return sum;
  };
  return {
    ...ports,
    clock,
    store,
    behaviour,
    outage,
    answer: (says: 'approves' | 'declines') => answer(PAYMENT, says),
    settle: () => settle(PAYMENT),
    hear,
    tell: (state: Told['state']) => news.push({ key: PAYMENT, state }),
    woken,
    charge: () => charges.get(PAYMENT)?.state,
    clearing,
    parked: () => parked.map(({ error }) => error),
    letters,
    started,
    known,
    trail,
    execute,
    balanceOf,
    record: () => ports.payments.load(PAYMENT),
  };
};
