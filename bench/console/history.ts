/** Histories and lists as large as AWS lets them be, or a person has, always the same. */
import type { RunEvent, RunView } from '../../functions/console/contract.ts';

const START = Date.parse('2026-11-29T00:00:00.000Z');
/** Each fourth task is tried twice, each tenth round has two branches, and payloads are as long as a saga's. */
const RETRIED_EVERY = 4;
const PARALLEL_EVERY = 10;
const PAYLOAD = JSON.stringify({ context: { executionId: 'x'.repeat(80) }, input: { saga: 'y'.repeat(60) } });

/** A run of so many events that goes on: tasks one after the other, some tried again, some in branches. */
export const longHistory = (count: number): RunEvent[] => {
  const events: RunEvent[] = [];
  const write = (type: string, previous: number, facts: RunEvent['facts'] = {}): number => {
    const id = events.length + 1;
    const payloads = /Entered|Exited/.test(type) ? { input: { size: PAYLOAD.length, text: PAYLOAD } } : {};
    events.push({ id, previous, at: new Date(START + id * 20).toISOString(), type, facts, payloads });
    return id;
  };
  const task = (name: string, from: number, isRetried: boolean): number => {
    let last = write('TaskStateEntered', from, { name });
    if (isRetried)
      for (const what of ['TaskScheduled', 'TaskStarted', 'TaskFailed']) last = write(what, last);
    for (const what of ['TaskScheduled', 'TaskStarted', 'TaskSucceeded']) last = write(what, last);
    return write('TaskStateExited', last, { name });
  };
  let last = write('ExecutionStarted', 0);
  for (let round = 1; events.length < count; round++) {
    if (round % PARALLEL_EVERY > 0) {
      last = task(`Task${round % 20}`, last, round % RETRIED_EVERY === 0);
      continue;
    }
    const started = write('ParallelStateStarted', write('ParallelStateEntered', last, { name: 'Both' }));
    task('Left', started, false);
    const right = task('Right', started, false);
    last = write('ParallelStateExited', write('ParallelStateSucceeded', right), { name: 'Both' });
  }
  return events.slice(0, count);
};

/** So many executions of payments, a minute apart, newest first. */
export const longList = (count: number): RunView[] =>
  Array.from({ length: count }, (_, at) => ({
    name: `payment_0195f3a0-5c5e-7cc1-8d9f-${String(at).padStart(12, '0')}.1`,
    ...{ saga: `payment_0195f3a0-5c5e-7cc1-8d9f-${String(at).padStart(12, '0')}`, number: 1 },
    ...{ status: at % 7 === 0 ? 'FAILED' : 'SUCCEEDED' },
    startedAt: new Date(START - at * 60_000).toISOString(),
  }));
