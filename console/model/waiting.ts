/** Why a run goes on no further at the moment: what it waits for, who has to act, and until when. */
import { isUnderWay, type Run, type Visit } from './run.ts';

/** What is read of a state of the deployed definition, in Amazon States Language. */
export interface State {
  readonly Type: string;
  readonly Comment?: string;
  readonly Resource?: string;
  readonly Arguments?: { readonly FunctionName?: string; readonly QueueUrl?: string };
  readonly TimeoutSeconds?: number | string;
  readonly Seconds?: number | string;
  readonly Timestamp?: string;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Next: string; readonly Condition?: string }[];
  readonly Branches?: readonly Part[];
  readonly ItemProcessor?: Part;
}
export interface States {
  readonly [name: string]: State;
}
/** A branch, or what a Map does with each item. */
export interface Part {
  readonly StartAt: string;
  readonly States: States;
}
interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds?: number;
  readonly BackoffRate?: number;
  readonly MaxAttempts?: number;
  readonly MaxDelaySeconds?: number;
  readonly JitterStrategy?: 'FULL' | 'NONE';
}

/** One thing that is waited for. Times are ISO 8601; what the definition computes is absent. */
export type Waiting =
  /** The last attempt failed, and Step Functions tries again. */
  | {
      readonly kind: 'retry';
      readonly state: string;
      readonly error: string;
      /** Which retry comes next, of how many. */
      readonly retry: number;
      readonly of: number;
      /** The next try comes between these. With jitter they differ. */
      readonly from: string;
      readonly by: string;
    }
  /** A worker was asked and has not answered. */
  | {
      readonly kind: 'worker' | 'token';
      readonly state: string;
      /** The function that works, or the queue with the token; whoever reads it has to answer. */
      readonly who?: string;
      readonly since: string;
      /** When Step Functions gives it up. */
      readonly until?: string;
    }
  /** A Wait state. */
  | { readonly kind: 'time'; readonly state: string; readonly since: string; readonly until?: string }
  /** Step Functions itself is about to go on. */
  | { readonly kind: 'engine'; readonly state?: string }
  /** What it is doing is not loaded. */
  | { readonly kind: 'unknown' };

/** All states of a definition by name, those in branches too: names are unique in a whole machine. */
export const statesOf = (definition: string): States =>
  flat((JSON.parse(definition) as { States: States }).States);

const flat = (states: States): States =>
  Object.assign(
    { ...states },
    ...Object.values(states).flatMap(({ Branches = [], ItemProcessor }) =>
      [...Branches, ...(ItemProcessor ? [ItemProcessor] : [])].map(({ States }) => flat(States)),
    ),
  ) as States;

/** What a run waits for: one thing for each of its branches; nothing once it has ended. */
export const waitingIn = (run: Run, states: States): readonly Waiting[] => {
  if (run.outcome !== 'open') return [];
  const holders = new Set(run.visits.map(({ within }) => within));
  const open = run.visits.filter((visit, at) => isUnderWay(visit) && !(holders.has(at) && hasOpen(run, at)));
  return open.length === 0 ? [{ kind: 'engine' }] : open.map((visit) => waitingOf(visit, states));
};

const hasOpen = ({ visits }: Run, container: number): boolean =>
  visits.some((visit) => visit.within === container && isUnderWay(visit));

const waitingOf = (visit: Visit, states: States): Waiting => {
  const { state, enteredAt, outcome } = visit;
  if (outcome === 'unknown' || state === undefined) return { kind: 'unknown' };
  const definition = states[state];
  const attempt = visit.attempts.at(-1);
  if (!attempt) {
    if (visit.kind !== 'Wait' || enteredAt === undefined) return { kind: 'engine', state };
    const until = endOfWait(definition, enteredAt);
    return { kind: 'time', state, since: enteredAt, ...(until === undefined ? {} : { until }) };
  }
  if (attempt.outcome === 'succeeded') return { kind: 'engine', state };
  if (attempt.outcome !== 'open') return retryOf(visit, definition) ?? { kind: 'engine', state };
  const since = attempt.submittedAt ?? attempt.scheduledAt;
  if (since === undefined) return { kind: 'unknown' };
  const isToken = /\.waitForTaskToken$/.test(definition?.Resource ?? '');
  const who = lastPart(definition?.Arguments?.[isToken ? 'QueueUrl' : 'FunctionName']);
  const until = after(attempt.scheduledAt, definition?.TimeoutSeconds);
  return {
    // The local cloud does not tell when the message with the token was sent; on AWS that is a moment later.
    kind: isToken ? 'token' : 'worker',
    ...{ state, since },
    ...(who === undefined ? {} : { who }),
    ...(until === undefined ? {} : { until }),
  };
};

/** A name of an ARN or a URL; nothing where the definition computes it. */
const lastPart = (text: string | undefined): string | undefined =>
  text === undefined || text.startsWith('{%') ? undefined : text.split(/[:/]/).at(-1);

const after = (at: string | undefined, seconds: unknown): string | undefined =>
  at === undefined || typeof seconds !== 'number' ? undefined : plus(at, seconds);
const plus = (at: string, seconds: number): string =>
  new Date(Date.parse(at) + seconds * 1_000).toISOString();

const endOfWait = (state: State | undefined, enteredAt: string): string | undefined =>
  state?.Timestamp !== undefined && !state.Timestamp.startsWith('{%')
    ? new Date(state.Timestamp).toISOString()
    : after(enteredAt, state?.Seconds);

/** Undefined where nothing tries again: no retrier knows the error, or it has tried as often as it may. */
const retryOf = ({ state, attempts }: Visit, definition: State | undefined): Waiting | undefined => {
  const retriers = definition?.Retry ?? [];
  const retrierOf = (error: string | undefined) => retriers.find((retrier) => matches(retrier, error));
  const { error = 'States.TaskFailed', endedAt } = attempts.at(-1) ?? {};
  const retrier = retrierOf(error);
  if (!retrier || state === undefined || endedAt === undefined) return undefined;
  // Each retrier counts for itself.
  const retry = attempts.filter(
    (attempt) => attempt.outcome !== 'open' && retrierOf(attempt.error) === retrier,
  ).length;
  const {
    MaxAttempts: of = 3,
    IntervalSeconds = 1,
    BackoffRate = 2,
    MaxDelaySeconds,
    JitterStrategy,
  } = retrier;
  if (retry > of) return undefined;
  const delay = Math.min(
    IntervalSeconds * BackoffRate ** (retry - 1),
    MaxDelaySeconds ?? Number.POSITIVE_INFINITY,
  );
  const by = plus(endedAt, delay);
  return { kind: 'retry', state, error, retry, of, from: JitterStrategy === 'FULL' ? endedAt : by, by };
};

/**
 * Which errors a retrier takes.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
const matches = ({ ErrorEquals }: Retrier, error = 'States.TaskFailed'): boolean =>
  ErrorEquals.some(
    (name) =>
      name === error ||
      (name === 'States.TaskFailed' && error !== 'States.Timeout') ||
      (name === 'States.ALL' && error !== 'States.DataLimitExceeded' && error !== 'States.Runtime'),
  );
