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

interface Catcher<S extends string> {
  readonly ErrorEquals: readonly string[];
  readonly Next: S;
}

interface Described {
  readonly Comment?: string;
}

interface TaskState<S extends string> extends Described {
  readonly Type: 'Task';
  readonly Resource: 'arn:aws:states:::lambda:invoke';
  readonly Arguments: { readonly FunctionName: string; readonly Payload: Jsonata };
  /** Longer than the function's own time-out, so that the function's answer is the one that counts. */
  readonly TimeoutSeconds: number;
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher<S>[];
  readonly Assign?: { readonly [variable: string]: Jsonata };
  readonly Output?: unknown;
  readonly Next: S;
}

interface ChoiceState<S extends string> extends Described {
  readonly Type: 'Choice';
  readonly Choices: readonly {
    readonly Condition: Jsonata;
    readonly Next: S;
    readonly Output?: unknown;
  }[];
  readonly Default: S;
}

interface PassState<S extends string> extends Described {
  readonly Type: 'Pass';
  readonly Output?: unknown;
  readonly Next: S;
}

interface SucceedState extends Described {
  readonly Type: 'Succeed';
}

interface FailState extends Described {
  readonly Type: 'Fail';
  readonly Error: string;
  readonly Cause: string;
}

export type State<S extends string> = TaskState<S> | ChoiceState<S> | PassState<S> | SucceedState | FailState;

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
const INPUT_AND_ERROR =
  "'input': $merge([Execution.Input, { 'error': $states.input.Error, 'cause': $states.input.Cause }])";

/** A task time-out leaves room for a function's own ten seconds and a cold start. */
const TASK_TIMEOUT_SECONDS = 15;

/** `validate-user` → `ValidateUser`, the name that a template puts an ARN for. */
export const placeholderOf = (file: string): string =>
  file.replace(/(^|-)([a-z0-9])/g, (_, __, letter: string) => letter.toUpperCase());

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

/** Every error leads to `Next`; retries come first. */
export const orElse = <const S extends string>(Next: S) => ({
  Catch: [{ ErrorEquals: ['States.ALL'], Next }],
});

/** A branch of a routing Choice: the variable `next` names the state. */
export const goes = <const S extends string>(Next: S) =>
  ({ Condition: `{% $next = '${Next}' %}`, Next }) as const;

/** The Lambdas that a machine calls, by the names of their files: its role allows these and nothing else. */
export const lambdasOf = (machine: Machine): string[] =>
  Object.values<State<string>>(machine.States)
    .flatMap((state) => (state.Type === 'Task' ? [state.Arguments.FunctionName] : []))
    .map((placeholder) =>
      placeholder
        .slice(2, -1)
        .replace(/(?!^)([A-Z])/g, '-$1')
        .toLowerCase(),
    );
