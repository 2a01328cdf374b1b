/**
 * The part of Amazon States Language that the house allows, as types: a machine with a dangling `Next`, a
 * Choice without `Default`, a Task without a time-out or a state outside the subset does not compile.
 * Field names are those of ASL, so that the generated JSON reads the same in Workflow Studio.
 *
 * Left out on purpose: JSONPath, activities, `.sync`, distributed Map, heartbeats (engines differ there).
 * @see https://states-language.net/spec.html
 */

/** A JSONata expression, written as ASL wants it: `{% … %}`. */
export type Jsonata = `{% ${string} %}`;

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  /** Seconds before the first retry. */
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

interface Described {
  readonly Comment?: string;
}

/** What a state leaves behind. Assign and Output see the values that the state began with, and nothing of each other. */
interface Leaving<S extends string> {
  readonly Assign?: { readonly [variable: string]: Jsonata };
  readonly Output?: unknown;
  readonly Next: S;
}

interface Catcher<S extends string> extends Leaving<S> {
  readonly ErrorEquals: readonly string[];
}

interface Guarded<S extends string> extends Described, Leaving<S> {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher<S>[];
}

interface TaskState<S extends string> extends Guarded<S> {
  readonly Type: 'Task';
  readonly Resource: 'arn:aws:states:::lambda:invoke';
  readonly Arguments: { readonly FunctionName: string; readonly Payload: Jsonata };
  /** Longer than the function's own time-out, so that the function's answer is the one that counts. */
  readonly TimeoutSeconds: number;
}

/** Sends a message with `$states.context.Task.Token` in it, and goes on when somebody answers with that token. */
interface TokenState<S extends string> extends Guarded<S> {
  readonly Type: 'Task';
  readonly Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
  readonly Arguments: { readonly QueueUrl: string; readonly MessageBody: unknown };
  /** A lost answer ends here: what the machine does then is its own business. */
  readonly TimeoutSeconds: number;
}

interface ParallelState<S extends string> extends Guarded<S> {
  readonly Type: 'Parallel';
  /** Each made by {@link branch}. */
  readonly Branches: readonly Branch[];
}

/** Inline: distributed ones are another thing. */
interface MapState<S extends string> extends Guarded<S> {
  readonly Type: 'Map';
  readonly Items: Jsonata | readonly unknown[];
  readonly ItemSelector?: unknown;
  /** 0 is as many as there are. */
  readonly MaxConcurrency: number;
  readonly ItemProcessor: Branch & { readonly ProcessorConfig: { readonly Mode: 'INLINE' } };
}

interface ChoiceState<S extends string> extends Described {
  readonly Type: 'Choice';
  readonly Choices: readonly (Leaving<S> & { readonly Condition: Jsonata })[];
  readonly Default: S;
}

interface PassState<S extends string> extends Described, Leaving<S> {
  readonly Type: 'Pass';
}

interface WaitState<S extends string> extends Described, Leaving<S> {
  readonly Type: 'Wait';
  readonly Seconds: number | Jsonata;
}

interface SucceedState extends Described {
  readonly Type: 'Succeed';
}

interface FailState extends Described {
  readonly Type: 'Fail';
  readonly Error: string;
  readonly Cause: string;
}

export type State<S extends string> =
  | TaskState<S>
  | TokenState<S>
  | ParallelState<S>
  | MapState<S>
  | ChoiceState<S>
  | PassState<S>
  | WaitState<S>
  | SucceedState
  | FailState;

/** A list of states within a state; it ends at Succeed, or fails. */
export interface Branch {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State<string> };
}

/** Checks a branch at compile time, as {@link machine} does a machine. */
export const branch = <const S extends string>(definition: {
  readonly StartAt: NoInfer<S>;
  readonly States: { readonly [K in S]: State<NoInfer<S>> };
}): Branch => definition;

export interface Definition<S extends string> {
  readonly Comment: string;
  readonly StartAt: S;
  readonly States: { readonly [K in S]: State<S> };
}

export interface Machine<S extends string = string> extends Definition<S> {
  readonly QueryLanguage: 'JSONata';
}

/** Checks a machine at compile time and marks it as JSONata. */
export const machine = <const S extends string>(definition: {
  readonly Comment: string;
  readonly StartAt: NoInfer<S>;
  readonly States: { readonly [K in S]: State<NoInfer<S>> };
}): Machine<S> => ({ QueryLanguage: 'JSONata', ...definition });

/**
 * What a retry can help with, the one list of the house. Handlers surface every retryable fault as
 * `TransientError`; the rest are the names by which Step Functions reports trouble with Lambda itself.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 */
export const TRANSIENT = [
  'TransientError',
  'States.Timeout',
  'Lambda.Unknown',
  'Lambda.ServiceException',
  'Lambda.AWSLambdaException',
  'Lambda.SdkClientException',
  'Lambda.TooManyRequestsException',
  'Sandbox.Timedout',
  'Runtime.ExitError',
] as const;

/** Retries of the transient list with full jitter: 1 s, doubling, never more than `maxDelaySeconds`. */
export const retried = (
  attempts: number,
  maxDelaySeconds: number,
): { readonly Retry: readonly Retrier[] } => ({
  Retry: [
    {
      ErrorEquals: TRANSIENT,
      IntervalSeconds: 1,
      BackoffRate: 2,
      MaxAttempts: attempts,
      MaxDelaySeconds: maxDelaySeconds,
      JitterStrategy: 'FULL',
    },
  ],
});

const CONTEXT =
  "'context': { 'executionId': Execution.Name, 'state': State.Name, 'retryCount': State.RetryCount, 'enteredAt': State.EnteredTime, 'correlationId': Execution.Input.correlationId }";
const INPUT = "'input': Execution.Input";
/** Where a consumer of a queue looks for them. */
const ORIGIN = "'correlationId': Execution.Input.correlationId, 'traceparent': Execution.Input.traceparent";
const INPUT_AND_ERROR =
  "'input': $merge([Execution.Input, { 'error': $states.input.Error, 'cause': $states.input.Cause }])";

/** A task time-out leaves room for a function's own ten seconds and a cold start. */
const TASK_TIMEOUT_SECONDS = 15;

/** `validate-user` → `ValidateUser`, the name that a template puts an ARN for. */
export const placeholderOf = (file: string): string =>
  file.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());

/** `await-bank` → `AwaitBankQueue`, the name that a template puts the address of the consumer's queue for. */
export const queuePlaceholderOf = (consumer: string): string => `${placeholderOf(consumer)}Queue`;

const invoke = (file: string, input: string) =>
  ({
    Type: 'Task',
    Resource: 'arn:aws:states:::lambda:invoke',
    TimeoutSeconds: TASK_TIMEOUT_SECONDS,
    Arguments: {
      FunctionName: `\${${placeholderOf(file)}}`,
      Payload: `{% $states.context.{ ${CONTEXT}, ${input} } %}`,
    },
  }) as const;

/** Calls the Lambda of `file` with the house payload: who calls, and the execution's input. */
export const task = (file: string) => invoke(file, INPUT);

/** As {@link task}, and tells the function which error brought the machine here. */
export const taskToldWhy = (file: string) => invoke(file, INPUT_AND_ERROR);

/**
 * Sends a message with a task token to the queue of `consumer`, and waits so many seconds for whoever answers with it.
 * Only names go in it; the consumer keeps the token, and it leaves the system no further.
 */
export const tokenTask = (consumer: string, seconds: number) =>
  ({
    Type: 'Task',
    Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
    TimeoutSeconds: seconds,
    Arguments: {
      QueueUrl: `\${${queuePlaceholderOf(consumer)}}`,
      MessageBody: `{% $states.context.{ ${CONTEXT}, ${INPUT}, ${ORIGIN}, 'token': Task.Token } %}`,
    },
  }) as const;

/**
 * Retries of what went wrong with sending, with full jitter. Not of a time-out: that nobody answered is an answer, and
 * sending again would only begin another wait.
 */
export const sent = (attempts: number, maxDelaySeconds: number): { readonly Retry: readonly Retrier[] } => ({
  Retry: retried(attempts, maxDelaySeconds).Retry.map((retrier) => ({
    ...retrier,
    ErrorEquals: ['States.TaskFailed'],
  })),
});

/** Every error leads to `Next`; retries come first. */
export const orElse = <const S extends string>(Next: S) => ({
  Catch: [{ ErrorEquals: ['States.ALL'], Next }],
});

/** A branch of a routing Choice: the variable `next` names the state. */
export const goes = <const S extends string>(Next: S) =>
  ({ Condition: `{% $next = '${Next}' %}`, Next }) as const;

/** The Lambdas that a machine calls, by the names of their files: its role allows these and nothing else. */
export const lambdasOf = ({ States }: Branch): string[] =>
  Object.values(States).flatMap((state) => {
    if (state.Type === 'Parallel') return state.Branches.flatMap(lambdasOf);
    if (state.Type === 'Map') return lambdasOf(state.ItemProcessor);
    return state.Type === 'Task' && 'FunctionName' in state.Arguments
      ? [fileOf(state.Arguments.FunctionName)]
      : [];
  });

/** The queues that a machine sends tokens to, by the names of their consumers' files. */
export const queuesOf = ({ States }: Branch): string[] =>
  Object.values(States).flatMap((state) => {
    if (state.Type === 'Parallel') return state.Branches.flatMap(queuesOf);
    if (state.Type === 'Map') return queuesOf(state.ItemProcessor);
    return state.Type === 'Task' && 'QueueUrl' in state.Arguments
      ? [fileOf(state.Arguments.QueueUrl.replace(/Queue\}$/, '}'))]
      : [];
  });

/** The other way round than {@link placeholderOf}. */
const fileOf = (placeholder: string): string =>
  placeholder
    .slice(2, -1)
    .replace(/(?!^)([A-Z])/g, '-$1')
    .toLowerCase();
