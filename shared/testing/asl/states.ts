/**
 * What the interpreter reads of a machine: the states and fields that `statemachines/asl.ts` allows, in ASL's own
 * names, without its promises about where a `Next` leads. A list of states ends at Succeed, or at Fail.
 * @see https://states-language.net/spec.html
 */

/** A machine, a branch of a Parallel, or what a Map does with each item. */
export interface States {
  readonly StartAt: string;
  readonly States: { readonly [name: string]: State };
}

export interface Definition extends States {
  /** Seconds that an execution may take. @default for ever */
  readonly TimeoutSeconds?: number;
}

export interface Retrier {
  readonly ErrorEquals: readonly string[];
  readonly IntervalSeconds: number;
  readonly BackoffRate: number;
  readonly MaxAttempts: number;
  readonly MaxDelaySeconds: number;
  readonly JitterStrategy: 'FULL';
}

/** What a state, a rule or a catcher leaves behind: all of it evaluated from the values that the state began with. */
export interface Leaving {
  readonly Output?: unknown;
  readonly Assign?: { readonly [variable: string]: unknown };
  readonly Next: string;
}

export interface Catcher extends Leaving {
  readonly ErrorEquals: readonly string[];
}

/** A state that can fail for other reasons than its own expressions. */
interface Guarded extends Leaving {
  readonly Retry?: readonly Retrier[];
  readonly Catch?: readonly Catcher[];
}

export interface LambdaTask extends Guarded {
  readonly Type: 'Task';
  readonly Resource: 'arn:aws:states:::lambda:invoke';
  readonly Arguments: { readonly FunctionName: string; readonly Payload: unknown };
  readonly TimeoutSeconds: number;
}

/** Sends a message with `$states.context.Task.Token` in it, and waits until somebody answers with that token. */
export interface TokenTask extends Guarded {
  readonly Type: 'Task';
  readonly Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken';
  readonly Arguments: { readonly QueueUrl: string; readonly MessageBody: unknown };
  readonly TimeoutSeconds: number;
}

export interface Parallel extends Guarded {
  readonly Type: 'Parallel';
  readonly Branches: readonly States[];
}

/** Inline. */
export interface MapState extends Guarded {
  readonly Type: 'Map';
  readonly Items: unknown;
  readonly ItemSelector?: unknown;
  readonly MaxConcurrency: number;
  readonly ItemProcessor: States;
}

export interface Choice {
  readonly Type: 'Choice';
  readonly Choices: readonly (Leaving & { readonly Condition: string })[];
  readonly Default: string;
}

export interface Pass extends Leaving {
  readonly Type: 'Pass';
}

export interface Wait extends Leaving {
  readonly Type: 'Wait';
  /** A number, or an expression for one. */
  readonly Seconds: unknown;
}

interface Succeed {
  readonly Type: 'Succeed';
}

export interface Fail {
  readonly Type: 'Fail';
  readonly Error: string;
  readonly Cause: string;
}

export type GuardedState = LambdaTask | TokenTask | Parallel | MapState;
export type State = GuardedState | Choice | Pass | Wait | Succeed | Fail;
