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
import type { Payers } from './payers.ts';
import type { Planned } from './plan.ts';
import type { Ended, Storm } from './report.ts';
import { together } from './running.ts';

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
      const payment = await lastSeen(async () => {
        const id = await (traced[n]?.call(first) ?? first());
        return payers.settled(client, id);
      });
      onProgress();
      return { ...payment, method, faults, seconds: (performance.now() - begun) / 1_000 };
    });
    const seconds = (performance.now() - started) / 1_000;
    const left = new Map((await armoury.left()).map(({ id, timesLeft }) => [id, timesLeft]));
    const faults = armed.map((fault) => ({
      ...fault,
      times: fault.timesLeft,
      left: left.get(fault.id) ?? 0,
    }));
    const listed = await listedBy(payers, payments);
    const parked = payments.filter(({ status }) => status === 'needs_attention').map(({ id }) => id);
    return {
      ...{ seed, payments, seconds, faults, clients: payers.clients },
      unlike: payments.filter(({ id, status }) => listed.get(id)?.status !== status).map(({ id }) => id),
      unparked: await unparkedOf(city, parked),
      rang: parked.length === 0 || (await rings(city, ALARM).catch(() => false)),
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

/** One that never ends must not keep the others from being told of. */
const lastSeen = async (
  work: () => Promise<PaymentView>,
): Promise<Pick<Ended, 'id' | 'status' | 'reason'>> => {
  try {
    const { id, status, reason } = await work();
    return { id, status, ...(reason ? { reason: reason.name } : {}) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { id: '', status: 'in_progress', reason: message };
  }
};

/** What the payers' own lists say at the end; an index comes after its table. */
const listedBy = async (payers: Payers, payments: readonly Ended[]) => {
  let listed = await payers.all();
  await waitFor(
    async () => {
      listed = await payers.all();
      return payments.every(({ id, status }) => listed.get(id)?.status === status);
    },
    { what: 'the lists to say the same', timeoutMs: 20_000, everyMs: 1_000 },
  ).catch(() => undefined); // what differs is told
  return listed;
};

/** Which of them nobody would hear of. */
const unparkedOf = async (city: CityFile, ids: readonly string[]): Promise<readonly string[]> => {
  if (ids.length === 0) return [];
  const letters = await queuesOf(city).look(PARKING);
  return ids.filter((id) => !letters.some((letter) => letter.includes(id)));
};
