/** Histories and lists as large as AWS lets them be, or a person has, always the same. */
import type { States } from '../../console/model/waiting.ts';
import type { CityEvent, RunEvent, RunView } from '../../functions/console/contract.ts';
import type { TraceSummary } from '../../functions/platform/contract.ts';

const START = Date.parse('2026-11-29T00:00:00.000Z');
/** Each fourth task is tried twice, each tenth round has two branches, and payloads are as long as a saga's. */
const RETRIED_EVERY = 4;
const PARALLEL_EVERY = 10;
const TASKS = 20;
/** So many of them have something that undoes them. */
const UNDONE = 8;
const MINUTE_MS = 60_000;
const PAYLOAD = JSON.stringify({ context: { executionId: 'x'.repeat(80) }, input: { saga: 'y'.repeat(60) } });

const time = (minutesAgo: number): string => new Date(START - minutesAgo * MINUTE_MS).toISOString();
const nextOf = (task: number): string => (task === TASKS - 1 ? 'Both' : `Task${task + 1}`);
const branchOf = (name: string) => ({
  StartAt: name,
  States: { [name]: { Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', End: true } },
});

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
      last = task(`Task${round % TASKS}`, last, round % RETRIED_EVERY === 0);
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
    startedAt: time(at),
    endedAt: new Date(START - at * MINUTE_MS + 1_500).toISOString(),
  }));

/** So many traces, a minute apart, newest first. */
export const longTraces = (count: number): TraceSummary[] =>
  Array.from({ length: count }, (_, at) => ({
    traceId: String(at).padStart(32, '0'),
    startedAt: time(at),
    ...{ durationMs: 1_500 + at, name: 'POST /payments', system: 'paytm-saga', spans: 40 },
    ...{ errors: at % 7 === 0 ? 1 : 0, correlationId: `corr_${String(at).padStart(12, '0')}` },
  }));

/** So many events of the city, a minute apart, newest first. */
export const longTail = (count: number): CityEvent[] =>
  Array.from({ length: count }, (_, at) => ({
    id: `event-${count - at}`,
    ...{ type: 'payment.completed', source: 'paytm-saga', dataschema: 'payment.completed/1' },
    subject: `payment_0195f3a0-5c5e-7cc1-8d9f-${String(at).padStart(12, '0')}`,
    ...{ time: time(at), keptAt: time(at), sequence: 7 },
    correlationId: `corr_${String(at).padStart(12, '0')}`,
    data: { size: PAYLOAD.length, text: PAYLOAD },
  }));

/** The states of the history, each task with a way back, eight with what undoes them. */
export const STATES: States = {
  ...Object.fromEntries(
    Array.from({ length: TASKS }, (_, at) => [
      `Task${at}`,
      {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke', Next: nextOf(at) },
        Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Back' }],
        ...(at < UNDONE ? { Comment: `Undone by Undo${at}.` } : {}),
      },
    ]),
  ),
  ...Object.fromEntries(
    Array.from({ length: UNDONE }, (_, at) => [
      `Undo${at}`,
      {
        ...{ Type: 'Task', Resource: 'arn:aws:states:::lambda:invoke' },
        Next: at === 0 ? 'Ended' : `Undo${at - 1}`,
      },
    ]),
  ),
  Both: { Type: 'Parallel', Next: 'Again', Branches: ['Left', 'Right'].map(branchOf) },
  Again: { Type: 'Choice', Choices: [{ Condition: '{% true %}', Next: 'Task0' }], Default: 'Ended' },
  Back: { Type: 'Pass', Next: `Undo${UNDONE - 1}` },
  Ended: { Type: 'Succeed' },
};

/** A machine that would write such a history. */
export const DEFINITION = JSON.stringify({ QueryLanguage: 'JSONata', StartAt: 'Task0', States: STATES });
