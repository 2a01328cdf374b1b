/** Test help: one payment under way, on a store in memory, and the machine that drives it, without any fault. */
import { memoryStore } from '../../shared/effects/index.ts';
import { TransientError } from '../../shared/errors/index.ts';
import { stillClock } from '../../shared/testing/asl/clock.ts';
import { EngineKilled } from '../../shared/testing/asl/errors.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { DAY, newPayment, paymentId, START, settleIn } from './city.fixture.ts';
import type { Payment } from './domain/payment.ts';
import type { Bank } from './domain/ports.ts';
import { endingOf, executed, TASKS, type Task } from './machine.fixture.ts';
import { memoryParking } from './parking.fixture.ts';
import { INDEXES, portsOn } from './store/ports.ts';

export const PAYMENT = paymentId(0);
/** One payment under way, on a store in memory. */
export const onePayment = async ({ wallet = 0, ...over }: Partial<Payment> & { wallet?: number } = {}) => {
  const clock = fixedClock(START);
  const store = memoryStore({ indexes: INDEXES });
  await settleIn(store, { wallet, payments: [newPayment(over)] });
  const { bank, behaviour, charges, clearing } = memoryBank();
  const outage = new Set<keyof Bank>();
  const { parking, parked, letters } = memoryParking(clock.now);
  const known = new Map<string, 'running' | 'ended'>();
  const started: string[] = [];
  const ports = {
    ...portsOn(store, {
      now: clock.now,
      ids: sequenceIds(),
      chance: () => 0.5,
      deadline: () => 5_000,
      pause: async () => {},
    }),
    bank: {
      ...bank,
      async refund(key: string) {
        if (outage.has('refund')) throw new TransientError({ reason: 'the bank does not answer' });
        return bank.refund(key);
      },
    },
    parking,
    executions: {
      start: async ({ id, actor }: { id: string; actor: number }) => {
        started.push(`${id}.${actor}`);
        known.set(`${id}.${actor}`, 'running');
      },
      state: async (id: string, actor: number) => known.get(`${id}.${actor}`) ?? ('absent' as const),
    },
  };
  /** The states that executions entered. */
  const trail: string[] = [];

  /** One execution of the real machine; `dieAt` a state, the engine dies before that state's Lambda is called. */
  const execute = async (n = 1, { dieAt }: { dieAt?: string } = {}): Promise<string> => {
    try {
      const report = await executed({
        executionId: `${PAYMENT}.${n}`,
        input: { payment: PAYMENT, correlationId: 'correlation', traceparent: 'trace' },
        clock: stillClock(() => clock.now().getTime()),
        invoke: async (task, { context, input }) => {
          if (context.state === dieAt) throw new EngineKilled();
          const use: Task = TASKS[task];
          return use(ports as never)(input as never, context as never);
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
