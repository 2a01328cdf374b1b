/**
 * Step Functions in memory: interprets what `statemachines/asl.ts` allows, by AWS's documentation, so that thousands
 * of executions over real use cases take a second. Where emulators differ from it, the interpreter does not follow.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-amazon-states-language.html
 */
import { guarded } from './attempts.ts';
import { TOO_LATE } from './clock.ts';
import { edge } from './edges.ts';
import { StateError, Stopped } from './errors.ts';
import { type Engine, type Frame, type Left, leave, scopeOf, type Visit } from './execution.ts';
import { evaluated } from './expression.ts';
import type { Choice, Definition, Fail, MapState, Parallel, State, States, Wait } from './states.ts';
import { attemptTask } from './tasks.ts';

/** What an execution is started with. */
export interface Start {
  readonly name: string;
  readonly input: unknown;
}

/** How an execution ended, and which way it went. */
export type Report = {
  /** The states in the order in which they were entered. */
  readonly path: readonly string[];
  /** The edges taken, by the names of `edgesOf`. */
  readonly edges: readonly string[];
} & (
  | { readonly status: 'SUCCEEDED'; readonly output: unknown }
  | { readonly status: 'FAILED'; readonly error: string; readonly cause: string }
  | { readonly status: 'TIMED_OUT' }
);

/** 25,000 events, of which a task takes five. @see https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MOST_STATES = 5_000;

/**
 * One execution, from StartAt to its end.
 *
 * @throws {EngineKilled} a task threw it: there is no end
 */
export const execute = async (
  machine: Definition,
  { name, input }: Start,
  engine: Engine,
): Promise<Report> => {
  const path: string[] = [];
  const edges: string[] = [];
  let over = false;
  const StartTime = new Date(engine.clock.now()).toISOString();
  const frame: Frame = {
    ...{ engine, path, variables: {} },
    context: { Execution: { Id: name, Name: name, Input: input, StartTime } },
    took(taken) {
      edges.push(taken);
      engine.took?.(taken);
    },
    isStopped: () => over,
  };
  const work = run(machine, input, frame);
  const limited =
    machine.TimeoutSeconds === undefined ? work : engine.clock.within(machine.TimeoutSeconds * 1000, work);
  try {
    const output = await limited;
    if (output !== TOO_LATE) return { status: 'SUCCEEDED', output, path, edges };
    work.catch(() => undefined); // it stops at its next state
    return { status: 'TIMED_OUT', path: [...path], edges: [...edges] };
  } catch (caught) {
    if (!(caught instanceof StateError)) throw caught;
    return { status: 'FAILED', error: caught.name, cause: caught.why, path, edges };
  } finally {
    over = true;
  }
};

/** One list of states: a machine, a branch, an item. */
const run = async ({ StartAt, States }: States, input: unknown, frame: Frame): Promise<unknown> => {
  let at: Left = { output: input, next: StartAt };
  while (at.next !== undefined) {
    if (frame.isStopped()) throw new Stopped();
    const state: State | undefined = States[at.next];
    if (state === undefined) throw new StateError('States.Runtime', `there is no state ${at.next}`);
    if (frame.path.length >= (frame.engine.mostStates ?? MOST_STATES)) {
      throw new StateError('States.Runtime', 'the history of the execution is full');
    }
    frame.path.push(at.next);
    const enteredAt = new Date(frame.engine.clock.now()).toISOString();
    at = await through({ frame, name: at.next, state, input: at.output, enteredAt });
  }
  return at.output;
};

/** From the entry of a state to the next one. */
const through = async (visit: Visit): Promise<Left> => {
  const { state, name, input, frame } = visit;
  switch (state.Type) {
    case 'Succeed':
      return { output: input };
    case 'Fail':
      return failed(visit, state);
    case 'Choice':
      return chosen(visit, state);
    case 'Wait':
      await waited(visit, state);
      break;
    case 'Pass':
      break;
    case 'Task':
      return guarded({ ...visit, state }, (retryCount) => attemptTask({ ...visit, state }, retryCount));
    case 'Parallel':
      return guarded({ ...visit, state }, () => branches(visit, state));
    case 'Map':
      return guarded({ ...visit, state }, () => items(visit, state));
  }
  const output = await leave(visit, state, input);
  frame.took(edge.next(name, state.Next));
  return { output, next: state.Next };
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-fail.html */
const failed = async (visit: Visit, state: Fail): Promise<never> => {
  const [error, cause] = await Promise.all(
    [state.Error, state.Cause].map((field) => evaluated(field, scopeOf(visit))),
  );
  throw new StateError(String(error), String(cause));
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-choice.html */
const chosen = async (visit: Visit, { Choices, Default }: Choice): Promise<Left> => {
  const { name, input, frame } = visit;
  for (const [n, rule] of Choices.entries()) {
    const holds = await evaluated(rule.Condition, scopeOf(visit));
    if (typeof holds !== 'boolean') {
      throw new StateError(
        'States.QueryEvaluationError',
        `rule ${n + 1} of ${name} is neither true nor false`,
      );
    }
    if (!holds) continue;
    const output = await leave(visit, rule, input);
    frame.took(edge.rule(name, n + 1, rule.Next));
    return { output, next: rule.Next };
  }
  frame.took(edge.otherwise(name, Default));
  return { output: input, next: Default };
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-wait.html */
const waited = async (visit: Visit, { Seconds }: Wait): Promise<void> => {
  const seconds = await evaluated(Seconds, scopeOf(visit));
  if (typeof seconds !== 'number') {
    throw new StateError(
      'States.QueryEvaluationError',
      `${visit.name} does not wait ${JSON.stringify(seconds)}`,
    );
  }
  await visit.frame.engine.clock.sleep(seconds * 1000);
};

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-parallel.html */
const branches = ({ frame, input }: Visit, { Branches }: Parallel): Promise<unknown[]> =>
  together(
    frame,
    Branches.length,
    Branches.map((branch) => (inner: Frame) => run(branch, input, inner)),
  );

/** @see https://docs.aws.amazon.com/step-functions/latest/dg/state-map-inline.html */
const items = async (visit: Visit, state: MapState): Promise<unknown[]> => {
  const list = await evaluated(state.Items, scopeOf(visit));
  if (!Array.isArray(list)) {
    throw new StateError('States.QueryEvaluationError', `the items of ${visit.name} are no list`);
  }
  const each = list.map((Value: unknown, Index) => async (frame: Frame) => {
    const inner = { ...frame, context: { ...frame.context, Map: { Item: { Index, Value } } } };
    const { ItemSelector = Value } = state;
    return run(
      state.ItemProcessor,
      await evaluated(ItemSelector, scopeOf({ ...visit, frame: inner })),
      inner,
    );
  });
  return together(visit.frame, state.MaxConcurrency || list.length, each);
};

/** At most so many at once; the first that fails stops the others. */
const together = async (
  frame: Frame,
  most: number,
  parts: readonly ((inner: Frame) => Promise<unknown>)[],
): Promise<unknown[]> => {
  let over = false;
  const isStopped = () => over || frame.isStopped();
  const results: unknown[] = [];
  const queue = [...parts.entries()];
  const worker = async () => {
    for (let next = queue.shift(); next !== undefined && !isStopped(); next = queue.shift()) {
      const [n, part] = next;
      results[n] = await part({ ...frame, isStopped });
    }
  };
  try {
    await Promise.all(Array.from({ length: most }, worker));
    return results;
  } finally {
    over = true;
  }
};
