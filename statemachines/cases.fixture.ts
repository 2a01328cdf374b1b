/**
 * Test help: named cases of a machine. A case says what each Lambda does, which way the machine goes and how it ends;
 * it runs on the interpreter and on the emulator, and both must agree.
 */
import { virtualClock } from '../shared/testing/asl/clock.ts';
import { StateError } from '../shared/testing/asl/errors.ts';
import { execute, type Report } from '../shared/testing/asl/interpreter.ts';
import { taskTokens } from '../shared/testing/asl/tokens.ts';
import type { Machine } from './asl.ts';

/** What a Lambda does at one attempt; `never`, when the machine is not to ask so often. */
export type Act =
  | { readonly answers: unknown; readonly never?: true }
  | { readonly throws: string }
  /** Of a task with a token: nobody answers, and its time runs out. */
  | { readonly silent: true };

/**
 * What a Lambda does at each attempt, by the name of its state: `Resume`, and `Resume, again` when the execution comes
 * there once more. What is not named answers null.
 */
export interface Script {
  readonly [state: string]: readonly Act[];
}

export interface MachineCase {
  readonly script: Script;
  /** The states in the order in which they are entered. */
  readonly path: readonly string[];
  /** What the last Lambda answered, or the name of the error. */
  readonly ends: { readonly output: unknown } | { readonly error: string };
  /** The errors that Lambdas are told of, by the names of their states. */
  readonly told?: { readonly [state: string]: string };
  /** Where stock emulators do otherwise, and why the case passes there all the same. */
  readonly stock?: string;
}

export interface Cases {
  readonly [name: string]: MachineCase;
}

/** What an execution is started with. The script travels in it, so that a Lambda without memory can play it. */
export const inputOf = (name: string, script: Script) => ({
  payment: name,
  correlationId: `correlation of ${name}`,
  traceparent: 'trace',
  script,
});

/** A call of a Lambda, as it saw it, without when. */
export interface Call {
  readonly state: string;
  readonly retryCount: number;
  readonly executionId: string;
  readonly correlationId: string;
  readonly input: { readonly error?: string; readonly cause?: string; readonly [field: string]: unknown };
}

/** What a Lambda is called with, and what a queue is sent together with a token. */
export interface Event {
  readonly context: Omit<Call, 'input'> & { readonly enteredAt: string };
  readonly input: Call['input'] & { readonly script: Script };
}

/** What engines must agree on: no script, no times, no stack; of a cause what the Lambda said itself. */
export const callOf = ({ context, input: { script: _, ...input } }: Event): Call => {
  const { enteredAt: __, ...who } = context;
  if (!input.cause?.startsWith('{')) return { ...who, input };
  const { errorType, errorMessage } = JSON.parse(input.cause) as { errorType: string; errorMessage: string };
  return { ...who, input: { ...input, cause: `${errorType}: ${errorMessage}` } };
};

/** The first attempts of a state in an execution: as many as it was come to. */
export const isVisit =
  ({ state, executionId }: Pick<Call, 'state' | 'executionId'>) =>
  (call: Call): boolean =>
    call.state === state && call.executionId === executionId && call.retryCount === 0;

/** What the script says of a call, or of a message with a token. */
export const actIn = ({ context: { state, retryCount }, input: { script } }: Event, again: boolean): Act => {
  const acts = (again ? script[`${state}, again`] : undefined) ?? script[state] ?? [{ answers: null }];
  const act = acts[Math.min(retryCount, acts.length - 1)];
  if (act === undefined) throw new TypeError(`nothing says what ${state} does`);
  return act;
};

/** What came of a case, on whichever engine. */
export interface Played {
  readonly path: readonly string[];
  readonly ends: MachineCase['ends'];
  readonly calls: readonly Call[];
}

/** More than any case needs; a machine with a planted defect may go round in circles. */
const MOST_STATES = 100;

/** Plays a case on the interpreter. */
export const interpreted = async (
  machine: Machine,
  name: string,
  { script }: MachineCase,
): Promise<Played & { readonly edges: readonly string[] }> => {
  const clock = virtualClock();
  const calls: Call[] = [];
  const actOf = (event: Event): Act => {
    const call = callOf(event);
    calls.push(call);
    return actIn(event, calls.filter(isVisit(call)).length > 1);
  };
  const invoke = async (functionName: string, payload: unknown): Promise<unknown> => {
    const event = payload as Event;
    // On the emulator all are one function: whether each state calls its own is asked here.
    if (functionName !== `\${${event.context.state}}`) throw new StateError('AnotherFunction', functionName);
    const act = actOf(event);
    if ('throws' in act) throw Object.assign(new Error('as told'), { name: act.throws });
    return 'answers' in act ? act.answers : undefined;
  };
  const tokens = taskTokens();
  const send = async (queueUrl: string, body: unknown): Promise<void> => {
    const message = body as Event & { readonly token: string };
    if (queueUrl !== `\${${message.context.state}Queue}`) throw new StateError('AnotherQueue', queueUrl);
    const act = actOf(message);
    if ('throws' in act) tokens.fail(message.token, act.throws, 'as told');
    else if ('answers' in act) tokens.succeed(message.token, act.answers);
  };
  const start = { name, input: inputOf(name, script) };
  const engine = { clock, invoke, send, tokens, mostStates: MOST_STATES };
  const report = await clock.run(execute(machine, start, engine));
  return { path: report.path, edges: report.edges, ends: endsOf(report), calls };
};

const endsOf = (report: Report): MachineCase['ends'] => {
  if (report.status === 'TIMED_OUT') return { error: report.status };
  if (report.status === 'FAILED') return { error: report.error };
  return { output: answerOf(report.output) };
};

/** Of a result what the Lambda answered; engines say different things around it. */
export const answerOf = (output: unknown): unknown =>
  typeof output === 'object' && output !== null && 'Payload' in output ? output.Payload : output;

/** The errors that Lambdas were told of, and how often each was called, by the names of their states. */
const heardBy = (calls: readonly Call[]): Heard => ({
  told: Object.fromEntries(
    calls.flatMap(({ state, input: { error } }) => (error === undefined ? [] : [[state, error]])),
  ),
  attempts: Object.fromEntries(
    [...Map.groupBy(calls, ({ state }) => state)].map(([state, { length }]) => [state, length]),
  ),
});

interface Heard {
  readonly told: { readonly [state: string]: string };
  readonly attempts: { readonly [state: string]: number };
}

/** What a case says: every act is played, but those that never are. */
export const saidBy = (machine: Machine, { path, ends, told = {}, script }: MachineCase) => {
  const tasks = path.filter((name) => machine.States[name]?.Type === 'Task');
  const acts = (name: string, n: number): number =>
    ((n > 0 ? script[`${name}, again`] : undefined) ?? script[name] ?? [{ answers: null }]).filter(
      (act) => !('never' in act),
    ).length;
  const attempts = [...Map.groupBy(tasks, (name) => name)].map(
    ([name, visits]) => [name, visits.reduce((sum, _, n) => sum + acts(name, n), 0)] as const,
  );
  return { path, ends, told, attempts: Object.fromEntries(attempts) };
};

/** What came of it, as {@link saidBy} tells it. */
export const happenedIn = ({ path, ends, calls }: Played) => ({ path, ends, ...heardBy(calls) });
