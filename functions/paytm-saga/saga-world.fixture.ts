/**
 * Test help: the whole saga under a deterministic scheduler. Executions, their Lambdas, the sweeper, an operator and
 * the clock are callers; one list of numbers decides who goes on and what goes wrong at every call of a port.
 */
import { type Change, type EffectStore, memoryStore } from '../../shared/effects/index.ts';
import { HouseError, TransientError } from '../../shared/errors/index.ts';
import { stillClock } from '../../shared/testing/asl/clock.ts';
import { fixedClock, type Gate, type Schedule, schedule, sequenceIds } from '../../shared/testing/index.ts';
import type { Machine } from '../../statemachines/asl.ts';
import { type BankOptions, memoryBank } from './bank.fixture.ts';
import { DEADLINE_MS, MERCHANT, newPayment, paymentId, START, settleIn } from './city.fixture.ts';
import type { SweepPorts, sweep } from './consumers/sweep.ts';
import type { PaymentId } from './contract.ts';
import type { Bank, Parked, Parking } from './domain/ports.ts';
import type { ResumePorts } from './doors/resume-payment.ts';
import { executed, TASKS, type Task, type TaskEvent, type TaskName } from './machine.fixture.ts';
import { resumeOf, sweepOnce } from './operator.fixture.ts';
import { memoryParking } from './parking.fixture.ts';
import { openShard, SHARDS } from './store/keys.ts';
import { merchantChanged } from './store/people.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { moments, unsteady, type Weather } from './unsteady-ports.fixture.ts';

/** What is wrong with a product, for a law to find. */
export interface Defect {
  readonly store?: (store: EffectStore) => EffectStore;
  readonly bank?: (bank: Bank, executionId: string) => Bank;
  readonly bankOptions?: BankOptions;
  readonly tasks?: { readonly [name in TaskName]?: Task };
  readonly sweep?: typeof sweep;
  readonly parking?: (parking: Parking & Parked) => Parking & Parked;
  readonly machine?: Machine;
}

/** One sequence: what is asked, what goes wrong, and who goes on when. */
export interface Trial extends Weather {
  /** Decides at every call of a port. 0 is always the plainest. */
  readonly choices: readonly number[];
  /** One call in so many meets each kind of fault, roughly. */
  readonly faultIn: number;
  readonly method: 'upi' | 'paytm_wallet';
  /** Payments of Rs 1,500 each by the same payer. */
  readonly payments: 1 | 2;
  /** What the wallet holds, in paise. */
  readonly wallet: number;
  readonly declines: boolean;
  /** The answers of this Lambda never arrive until the faults stop, whatever it does. */
  readonly mute: TaskName | null;
  /** The operator freezes the merchant's settlement account: sooner or later, as more moments are let pass. */
  readonly freezeAfter: number | null;
  /** The deadline passes, likewise. */
  readonly lateAfter: number | null;
  /** When the sweeper comes while the faults last, likewise. */
  readonly sweepsAfter: readonly number[];
  /** The sweeper takes running executions for ended, so that two of one payment run at once. */
  readonly impatient: boolean;
  /** When an operator lets the first payment go on, whether it needs attention or not. */
  readonly resumesAfter: readonly number[];
  readonly defect?: Defect;
}

/** What is written down of one sequence, for the laws. */
export interface Seen {
  readonly trial: Trial;
  readonly store: ReturnType<typeof memoryStore>;
  readonly bank: ReturnType<typeof memoryBank>;
  readonly payments: readonly PaymentId[];
  /** The transactions that happened, in their order. */
  readonly journal: (readonly Change[])[];
  readonly parking: ReturnType<typeof memoryParking>;
  /** Errors that no use case may throw. */
  readonly surprises: string[];
  /** What came of letting each payment go on that needed attention: how many executions, how many refusals. */
  readonly resumes: { readonly id: PaymentId; readonly executions: number; readonly refused: number }[];
  /** The edges of the machine that executions took, by the names of `edgesOf`. */
  readonly edges: Set<string>;
  readonly world: Schedule<unknown>;
}

/** A sequence under way. */
export interface City extends Seen {
  readonly clock: ReturnType<typeof fixedClock>;
  /** The store, with its transactions written down. */
  readonly journalled: EffectStore;
  /** Fresh ports for one Lambda, each of their calls through its gate. */
  readonly portsThrough: (gate: Gate, executionId: string) => SweepPorts & ResumePorts;
  readonly executions: Map<string, 'running' | 'ended'>;
  /** Executions that were started after the faults stopped. */
  readonly waiting: Started[];
  calm: boolean;
}

interface Started {
  readonly id: PaymentId;
  readonly actor: number;
}

/** Milliseconds that the commits of one Lambda may pause: enough for some tries, so that giving up happens too. */
const PATIENCE_MS = 200;
const MOST_SWEEPS = 10; // one a minute; after five executions one of them parks

/** Plays a sequence: first with its faults, then calmly until the sweeper finds nothing more to do. */
export const play = async (trial: Trial): Promise<City> => {
  const city = await cityOf(trial);
  for (const id of city.payments) start(city, { id, actor: 1 });
  disturb(city);
  await city.world.run();
  city.calm = true;
  await settleDown(city);
  return city;
};

/** Lets the sweeper come until it finds nothing more to do. */
export const settleDown = async (city: City): Promise<void> => {
  for (let n = 0; n < MOST_SWEEPS && (await anyOpen(city.store)); n += 1) {
    city.clock.advance(60_000);
    await sweepOf(city, same);
    for (const started of city.waiting.splice(0)) await runCalmly(city, started);
  }
};

const cityOf = async (trial: Trial): Promise<City> => {
  const store = memoryStore({ indexes: INDEXES });
  const bank = memoryBank(trial.defect?.bankOptions);
  const payments = Array.from({ length: trial.payments }, (_, n) => paymentId(n));
  const accepted = payments.map((id) => newPayment({ id, method: trial.method }));
  await settleIn(store, { wallet: trial.wallet, payments: accepted });
  bank.bringIn(trial.wallet);
  bank.behaviour.declines = trial.declines;
  const { choices, faultIn } = trial;
  const world = schedule<unknown>({ choices, faultIn, comesAgain: () => false, mostSteps: 5_000 });
  const journal: (readonly Change[])[] = [];
  const journalled: EffectStore = {
    get: store.get,
    query: store.query,
    async transact(changes) {
      await store.transact(changes);
      journal.push(changes);
    },
  };
  const clock = fixedClock(new Date(Date.parse(START) + 60_000).toISOString());
  const parking = memoryParking(clock.now);
  const ids = sequenceIds();
  const through = unsteady(trial, { store: journalled, bank: bank.bank, world, isCalm: () => city.calm });
  const city: City = {
    ...{ trial, store, bank, payments, journal, parking, world, clock, journalled },
    surprises: [],
    resumes: [],
    edges: new Set(),
    executions: new Map(),
    waiting: [],
    calm: false,
    portsThrough(gate, executionId) {
      const { store: storeOf = same, bank: bankOf = same, parking: parkingOf = same } = trial.defect ?? {};
      let paused = 0;
      const around = {
        now: clock.now,
        ids,
        chance: () => 0.9,
        deadline: () => PATIENCE_MS - paused,
        pause: async (ms: number) => {
          paused += ms;
        },
      };
      return {
        ...portsOn(storeOf(gate(through.store)), around),
        bank: bankOf(gate(through.bank), executionId),
        parking: parkingOf(gate(parking.parking)),
        executions: gate(executionsOf(city)),
      };
    },
  };
  return city;
};

const executionsOf = (city: City): SweepPorts['executions'] => ({
  start: async (started) => start(city, started),
  async state(id, actor) {
    const state = city.executions.get(`${id}.${actor}`) ?? 'absent';
    return state === 'running' && city.trial.impatient ? 'ended' : state;
  },
});

/** Starting an execution again is the same. */
const start = (city: City, { id, actor }: Started): void => {
  const name = `${id}.${actor}`;
  if (city.executions.has(name)) return;
  city.executions.set(name, 'running');
  if (city.calm) city.waiting.push({ id, actor });
  else runUnsteadily(city, { id, actor });
};

/** Waits take no time: what is late here is late by a decision of the trial. */
const executionOf = ({ clock, edges, trial }: City, { id, actor }: Started) => ({
  executionId: `${id}.${actor}`,
  input: { payment: id, correlationId: 'correlation', traceparent: 'trace' },
  clock: stillClock(() => clock.now().getTime()),
  took: (edge: string) => edges.add(edge),
  ...(trial.defect?.machine ? { machine: trial.defect.machine } : {}),
});

const runCalmly = async (city: City, started: Started): Promise<void> => {
  await executed({ ...executionOf(city, started), invoke: (task, event) => call(city, same, task, event) });
  city.executions.set(`${started.id}.${started.actor}`, 'ended');
};

/** An execution that can die at any moment, while its Lambdas live on. */
const runUnsteadily = (city: City, started: Started): void => {
  const name = `${started.id}.${started.actor}`;
  let lives = 0;
  city.world.actor(short(name), async (gate) => {
    lives += 1;
    if (lives === 1) {
      const lambda = gate({ invoke: async (task: TaskName, event: TaskEvent) => invoked(city, task, event) });
      const invoke = async (task: TaskName, event: TaskEvent) => {
        const { answer } = await lambda.invoke(task, event).catch(timeOut);
        return city.trial.mute === task ? timeOut() : answer;
      };
      await executed({ ...executionOf(city, started), invoke });
    }
    city.executions.set(name, 'ended');
  });
};

/** Starts a Lambda beside its execution: who has given up on it cannot stop it. */
const invoked = (city: City, task: TaskName, event: TaskEvent): { readonly answer: Promise<unknown> } => {
  const { promise: answer, resolve, reject } = Promise.withResolvers<unknown>();
  answer.catch(() => undefined); // the execution may have died since
  let lives = 0;
  city.world.actor(`${short(event.context.executionId)} ${event.context.state}`, async (gate) => {
    lives += 1;
    if (lives > 1) reject(named('Sandbox.Timedout'));
    else await call(city, gate, task, event).then(resolve, reject);
  });
  return { answer };
};

/** One invocation of a Lambda; errors are told as the house's handler tells them. */
const call = async (
  { trial, portsThrough, surprises }: City,
  gate: Gate,
  task: TaskName,
  { context, input }: TaskEvent,
): Promise<unknown> => {
  const use: Task = trial.defect?.tasks?.[task] ?? TASKS[task];
  try {
    return await use(portsThrough(gate, context.executionId) as never)(input as never, context as never);
  } catch (caught) {
    const error = HouseError.from(caught);
    if (error.name === 'UnexpectedError') surprises.push(`${task}: ${String(error.cause)}`);
    throw error.retryable ? new TransientError({ reason: error.name }) : error;
  }
};

/** The sweeper, the operator and the clock. */
const disturb = (city: City): void => {
  const { world, trial, clock, journalled } = city;
  const some = (name: string, after: number | null, does: (gate: Gate) => Promise<unknown>) => {
    if (after === null) return;
    world.actor(name, async (gate) => {
      await moments(gate, after);
      await does(gate);
    });
  };
  for (const after of trial.sweepsAfter) some('sweeper', after, (gate) => sweepOf(city, gate));
  const [id] = city.payments;
  for (const [n, after] of trial.resumesAfter.entries()) {
    if (id)
      some('second operator', after, (gate) =>
        resumeOf(city.portsThrough(gate, 'operator'), { id, key: `early-${n}` }),
      );
  }
  const freeze = () => journalled.transact([merchantChanged(MERCHANT, { settlement: 'frozen' })]);
  some('operator', trial.freezeAfter, (gate) => gate({ freeze }, { calm: true }).freeze());
  const late = { pass: async () => clock.advance(DEADLINE_MS) };
  some('clock', trial.lateAfter, (gate) => gate(late, { calm: true }).pass());
};

const sweepOf = ({ trial, portsThrough }: City, gate: Gate): Promise<void> =>
  sweepOnce(portsThrough(gate, 'sweeper'), trial.defect?.sweep);

const anyOpen = async (store: EffectStore): Promise<boolean> => {
  const shards = Array.from({ length: SHARDS }, (_, shard) =>
    store.query({ index: 'open', pk: openShard('payment', shard), limit: 1 }),
  );
  return (await Promise.all(shards)).some(({ items }) => items.length > 0);
};

const same = <T>(port: T): T => port;

const named = (name: string): Error => Object.assign(new Error(name), { name });

const timeOut = (): never => {
  throw named('States.Timeout');
};

/** `payment_…30.1` → `payment 0.1` */
const short = (id: string): string => `payment ${id.slice(id.lastIndexOf('.') - 1)}`;
