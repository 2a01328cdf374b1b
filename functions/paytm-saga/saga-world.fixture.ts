/**
 * Test help: the whole saga under a deterministic scheduler. Executions, their Lambdas, the sweeper, an operator and
 * the clock are callers; one list of numbers decides who goes on and what goes wrong at every call of a port.
 */
import { type Change, type EffectStore, memoryStore } from '../../shared/effects/index.ts';
import { HouseError, TransientError } from '../../shared/errors/index.ts';
import { taskTokens } from '../../shared/testing/asl/tokens.ts';
import { fixedClock, type Gate, schedule, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { DEADLINE_MS, MERCHANT, newPayment, paymentId, START, settleIn } from './city.fixture.ts';
import type { SweepPorts } from './consumers/sweep.ts';
import type { WaitForBank } from './contract.ts';
import { executed, TASKS, type Task, type TaskEvent, type TaskName } from './machine.fixture.ts';
import { resumeOf, sweepOnce } from './operator.fixture.ts';
import { memoryParking } from './parking.fixture.ts';
import type { City, Started, Trial } from './saga-trial.fixture.ts';
import { openShard, SHARDS } from './store/keys.ts';
import { merchantChanged } from './store/people.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { moments, unsteady } from './unsteady-ports.fixture.ts';
import {
  keepsToken,
  later,
  payerAnswers,
  same,
  tells,
  waitingClock,
  wake,
  watched,
} from './waits-world.fixture.ts';

/** Milliseconds that the commits of one Lambda may pause: enough for some tries, so that giving up happens too. */
const PATIENCE_MS = 200;
/** A request to approve expires before the deadline, so that either may come first. */
const APPROVAL_MS = 100_000;
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
  const clock = fixedClock(new Date(Date.parse(START) + 60_000).toISOString());
  const bank = memoryBank({
    ...trial.defect?.bankOptions,
    now: clock.now,
    tell: (told) => tells(city, told),
    asked: (key) => later(city, `payer of ${key}`, () => payerAnswers(city, key)),
    settles: (key) => later(city, `money of ${key}`, () => bank.settle(key)),
  });
  const payments = Array.from({ length: trial.payments }, (_, n) => paymentId(n));
  const approval = {
    flow: 'qr',
    expiresAt: new Date(clock.now().getTime() + APPROVAL_MS).toISOString(),
  } as const;
  const accepted = payments.map((id) => newPayment({ id, method: trial.method, approval }));
  await settleIn(store, { wallet: trial.wallet, payments: accepted });
  bank.bringIn(trial.wallet);
  bank.behaviour.declines = trial.declines;
  bank.behaviour.asksThePayer = trial.payer !== 'at once';
  bank.behaviour.settlesLate = trial.settlesLate;
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
  const parking = memoryParking(clock.now);
  const ids = sequenceIds();
  const through = unsteady(trial, { store: journalled, bank: bank.bank, world, isCalm: () => city.calm });
  const city: City = {
    ...{ trial, store, bank, payments, journal, parking, world, clock, journalled },
    tokens: taskTokens(),
    surprises: [],
    blind: [],
    news: [],
    resumes: [],
    edges: new Set(),
    executions: new Map(),
    waiting: [],
    calm: false,
    portsThrough(gate, executionId) {
      const { store: storeOf = same, bank: bankOf = same } = trial.defect ?? {};
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
        bank: bankOf(watched(city, gate(through.bank)), executionId),
        tokens: gate({ wake: async (token: string) => wake(city, token, executionId) }),
        parking: gate(parking.parking),
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

/** Waits take no time: what is late here is late by a decision of the trial, and so is the end of a wait for a token. */
const executionOf = (city: City, { id, actor }: Started) => ({
  executionId: `${id}.${actor}`,
  input: { payment: id, correlationId: 'correlation', traceparent: 'trace' },
  clock: waitingClock(city, `${id}.${actor}`),
  tokens: city.tokens,
  took: (edge: string) => city.edges.add(edge),
  ...(city.trial.defect?.machine ? { machine: city.trial.defect.machine } : {}),
});

const runCalmly = async (city: City, started: Started): Promise<void> => {
  await executed({
    ...executionOf(city, started),
    invoke: (task, event) => call(city, same, task, event),
    send: (message) => keepsToken(city, same, message),
  });
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
      const queue = gate({
        send: async (message: WaitForBank) =>
          city.world.actor(`token of ${short(name)}`, (own) => keepsToken(city, own, message)),
      });
      let unsent = city.trial.unsent;
      const send = async (message: WaitForBank) => {
        if (unsent > 0) {
          unsent -= 1;
          throw named('SQS.QueueDoesNotExistException');
        }
        return queue.send(message);
      };
      await executed({ ...executionOf(city, started), invoke, send });
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

const named = (name: string): Error => Object.assign(new Error(name), { name });

const timeOut = (): never => {
  throw named('States.Timeout');
};

/** `payment_…30.1` → `payment 0.1` */
const short = (id: string): string => `payment ${id.slice(id.lastIndexOf('.') - 1)}`;
