/** Many payments with armed faults: how each ended, which faults happened, and whether the books are in order. */
import { randomBytes } from 'node:crypto';
import { context, trace } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import type { PaymentView } from '../../functions/paytm-saga/contract.ts';
import type { CityFile } from '../../localstack/cloud/city.ts';
import { rings } from '../../localstack/e2e/alarms.ts';
import { armouryOf } from '../../localstack/e2e/armed.ts';
import { queuesOf } from '../../localstack/e2e/queues.ts';
import { closeCityBooks } from '../../localstack/story/city-books.ts';
import type { Stage } from '../../localstack/story/stage.ts';
import { waitFor } from '../../shared/testing/index.ts';
import { together } from '../../shared/testing/together.ts';
import type { Payers } from './payers.ts';
import type { Planned } from './plan.ts';
import type { Ended, Storm } from './report.ts';

const PARKING = 'paytm-saga-parking';
const ALARM = `${PARKING}-not-empty`;
const BOOKS = { timeoutMs: 120_000, everyMs: 2_000 } as const;

/** @param onProgress told of each payment that has ended */
export const stormOf = async (
  { city, stage, payers }: { city: CityFile; stage: Stage; payers: Payers },
  { plan, seed, onProgress }: { plan: readonly Planned[]; seed: number; onProgress: () => void },
): Promise<Storm> => {
  const armoury = armouryOf(stage);
  // What startTracing does, without a span a line for each call of ours: nobody would read them here.
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const traced = plan.map(({ faults }) => (faults.length > 0 ? tracedCalls() : undefined));
  try {
    const wanted = plan.flatMap(({ faults }, n) =>
      faults.map((fault) => ({ ...fault, about: traced[n]?.traceId ?? '' })),
    );
    const armed = wanted.length > 0 ? await armoury.arm(...wanted) : [];
    const started = performance.now();
    const payments = await together(plan.length, payers.clients, async (n, client): Promise<Ended> => {
      const { method = 'upi', faults = [] } = plan[n] ?? {};
      const begun = performance.now();
      const first = () => payers.start(client, method);
      const seen = await lastSeen(
        () => traced[n]?.call(first) ?? first(),
        (id) => payers.settled(client, id),
      );
      // At once: a quarter of an hour later nobody has come, and it is turned back.
      const told = seen.status !== 'needs_attention' || (await isToldOf(city, seen.id));
      onProgress();
      return { ...seen, method, faults, told, seconds: (performance.now() - begun) / 1_000 };
    });
    const seconds = (performance.now() - started) / 1_000;
    const left = new Map((await armoury.left()).map(({ id, timesLeft }) => [id, timesLeft]));
    const faults = armed.map((fault) => ({
      ...fault,
      times: fault.timesLeft,
      left: left.get(fault.id) ?? 0,
    }));
    return {
      ...{ seed, payments, seconds, faults, clients: payers.clients },
      unlike: await unlikeIn(payers, payments),
      books: await closeCityBooks(stage, BOOKS),
    };
  } finally {
    await armoury.disarm();
  }
};

/** A trace id, and a way to call under it: it goes through every state, so that a fault is about one payment. */
const tracedCalls = () => {
  const traceId = randomBytes(16).toString('hex');
  const span = { traceId, spanId: randomBytes(8).toString('hex'), traceFlags: 1 };
  const under = trace.setSpanContext(context.active(), span);
  return { traceId, call: <T>(work: () => Promise<T>): Promise<T> => context.with(under, work) };
};

type Seen = Pick<Ended, 'id' | 'status' | 'reason'>;

/** One that never ends must not keep the others from being told of. */
const lastSeen = async (
  start: () => Promise<PaymentView['id']>,
  end: (id: PaymentView['id']) => Promise<PaymentView>,
): Promise<Seen> => {
  let id = '';
  try {
    const started = await start();
    id = started;
    const { status, reason } = await end(started);
    return { id, status, ...(reason ? { reason: reason.name } : {}) };
  } catch (error) {
    return { id, status: 'in_progress', reason: error instanceof Error ? error.message : String(error) };
  }
};

/** Of which their payers' own lists say something else at the end; an index comes after its table. */
const unlikeIn = async (payers: Payers, payments: readonly Ended[]): Promise<readonly string[]> => {
  let unlike: readonly string[] = [];
  await waitFor(
    async () => {
      const listed = await payers.all();
      unlike = payments.flatMap(({ id, status }) => (agree(status, listed.get(id)?.status) ? [] : [id]));
      return unlike.length === 0;
    },
    { what: 'the lists to say the same', timeoutMs: 30_000, everyMs: 1_000 },
  ).catch(() => undefined); // what differs is told
  return unlike;
};

/** What needs attention may have been turned back meanwhile, because nobody came. */
const agree = (seen: Ended['status'], listed: Ended['status'] | undefined): boolean =>
  listed === seen || (seen === 'needs_attention' && (listed === 'compensated' || listed === 'completed'));

/** Whether a person would hear of a payment: it lies in the parking queue, and the queue's alarm rings. */
const isToldOf = async (city: CityFile, id: string): Promise<boolean> => {
  const { look } = queuesOf(city);
  const parked = waitFor(async () => (await look(PARKING)).some((letter) => letter.includes(id)), {
    ...{ what: `${id} to be parked`, timeoutMs: 30_000, everyMs: 500 },
  });
  return Promise.all([parked, rings(city, ALARM)]).then(
    () => true,
    () => false,
  );
};
