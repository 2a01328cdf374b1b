/** Retry and Catch, around whatever can fail. */
import { edge } from './edges.ts';
import { isAmong, StateError, Stopped } from './errors.ts';
import { type Left, leave, type Visit } from './execution.ts';
import type { Catcher, GuardedState, Retrier } from './states.ts';

/**
 * Attempts until one succeeds, nobody retries any more, or somebody catches. The first retrier that names the error
 * decides, each by a count of its own; the output of the state is a part of the attempt, so it can fail it too.
 *
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html
 * @throws {StateError} nobody caught it
 */
export const guarded = async (
  visit: Visit<GuardedState>,
  attempt: (retryCount: number) => Promise<unknown>,
): Promise<Left> => {
  const { state, name, frame } = visit;
  const used = new Map<Retrier, number>();
  for (let retryCount = 0; ; retryCount += 1) {
    if (frame.isStopped()) throw new Stopped();
    try {
      const result = await attempt(retryCount);
      const output = await leave(visit, state, result, { retryCount, result });
      frame.took(edge.next(name, state.Next));
      return { output, next: state.Next };
    } catch (caught) {
      // Neither a bug of the test nor the death of the engine is an error of a state.
      if (!(caught instanceof StateError)) throw caught;
      if (frame.isStopped()) throw new Stopped();
      if (await retried(visit, used, caught)) continue;
      return await caughtBy(visit, retryCount, caught);
    }
  }
};

/** Whether there is to be another attempt; the wait before it is over then. */
const retried = async (
  { state, name, frame }: Visit<GuardedState>,
  used: Map<Retrier, number>,
  error: StateError,
): Promise<boolean> => {
  const retriers = state.Retry ?? [];
  const retrier = retriers.find(({ ErrorEquals }) => isAmong(ErrorEquals, error.name));
  if (retrier === undefined) return false;
  const before = used.get(retrier) ?? 0;
  if (before >= retrier.MaxAttempts) return false;
  used.set(retrier, before + 1);
  frame.took(edge.retried(name, retriers.indexOf(retrier) + 1));
  const { clock, chance = () => 1 } = frame.engine;
  const longest = Math.min(retrier.IntervalSeconds * retrier.BackoffRate ** before, retrier.MaxDelaySeconds);
  await clock.sleep(1000 * longest * chance());
  return true;
};

const caughtBy = async (visit: Visit<GuardedState>, retryCount: number, error: StateError): Promise<Left> => {
  const { state, name, frame } = visit;
  const catchers: readonly Catcher[] = state.Catch ?? [];
  const catcher = catchers.find(({ ErrorEquals }) => isAmong(ErrorEquals, error.name));
  if (catcher === undefined) throw error;
  const errorOutput = { Error: error.name, Cause: error.why };
  const output = await leave(visit, catcher, errorOutput, { retryCount, errorOutput });
  frame.took(edge.caught(name, catchers.indexOf(catcher) + 1, catcher.Next));
  return { output, next: catcher.Next };
};
