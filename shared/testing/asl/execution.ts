/** What the parts of the interpreter share: the world of an execution, where it stands, and how a state is left. */
import type { Clock } from './clock.ts';
import { ofAllowedSize } from './errors.ts';
import { evaluated, type Scope } from './expression.ts';
import type { State } from './states.ts';
import type { TaskTokens } from './tokens.ts';

/** The world that an execution lives in. */
export interface Engine {
  readonly clock: Clock;
  /** Calls a Lambda by the `FunctionName` of the machine. What it throws is known to Retry and Catch by its name. */
  readonly invoke: (functionName: string, payload: unknown) => Promise<unknown>;
  /** Takes a message with a task token in it. @default there is no queue */
  readonly send?: (queueUrl: string, body: unknown) => Promise<unknown>;
  /** Whose answers end the wait for a token. @default nobody's */
  readonly tokens?: TaskTokens;
  /** Full jitter: which part of each wait before a retry passes, from 0 to 1. @default all of it */
  readonly chance?: () => number;
  /** A machine that goes round in circles fails after so many states. @default 5,000: a history holds 25,000 events */
  readonly mostStates?: number;
  /** Sees each edge as it is taken, by the names of `edgesOf`; also those of an execution that never ends. */
  readonly took?: (edge: string) => unknown;
}

/** One list of states under way: an execution, a branch or an item. */
export interface Frame {
  readonly engine: Engine;
  /** `$states.context`, without what depends on the state. */
  readonly context: object;
  /** Everything that was entered, in its order, whichever the branch. */
  readonly path: string[];
  readonly took: (edge: string) => void;
  /** Its own: what a branch assigns, nobody else sees. */
  variables: { readonly [name: string]: unknown };
  readonly isStopped: () => boolean;
}

/** A state that was entered. */
export interface Visit<S extends State = State> {
  readonly frame: Frame;
  readonly name: string;
  readonly state: S;
  readonly input: unknown;
  readonly enteredAt: string;
}

/** How a state was left. */
export interface Left {
  readonly output: unknown;
  /** Nothing at the end of a list. */
  readonly next?: string;
}

/** What only some fields may read. */
export interface More {
  readonly retryCount?: number;
  readonly token?: string;
  readonly result?: unknown;
  readonly errorOutput?: { readonly Error: string; readonly Cause: string };
}

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/input-output-contextobject.html */
export const scopeOf = (
  { frame: { context, variables, engine }, name, input, enteredAt }: Visit,
  { retryCount = 0, token, ...more }: More = {},
): Scope => ({
  now: engine.clock.now,
  variables,
  states: {
    input,
    context: {
      ...context,
      State: { Name: name, EnteredTime: enteredAt, RetryCount: retryCount },
      ...(token === undefined ? {} : { Task: { Token: token } }),
    },
    ...more,
  },
});

/**
 * The output of what is left: a state, a rule, a catcher. Output and Assign both see the variables as they were when
 * the state began, and nothing of each other.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/workflow-variables.html
 * @throws {StateError} an expression failed, or there is too much of it
 */
export const leave = async (
  visit: Visit,
  part: { readonly Output?: unknown; readonly Assign?: object },
  otherwise: unknown,
  more: More = {},
): Promise<unknown> => {
  const { frame, name } = visit;
  const scope = scopeOf(visit, more);
  const output = part.Output === undefined ? otherwise : await evaluated(part.Output, scope);
  ofAllowedSize(output, `the output of ${name}`);
  if (part.Assign) {
    const assigned = await evaluated(part.Assign, scope);
    frame.variables = { ...frame.variables, ...(assigned as object) };
  }
  return output;
};
