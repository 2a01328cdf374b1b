/** Whether AWS lets a run go on from where it ended, and what that would do. */
import { REDRIVABLE_DAYS, type RunDetail, type RunEvent } from '../../functions/console/contract.ts';
import { isUnsuccessful, type Run, type Visit } from './run.ts';
import type { States } from './waiting.ts';

/** What speaks against a redrive, as AWS documents it. */
export type Obstacle = 'running' | 'succeeded' | 'too_old' | 'too_long';

const DAY_MS = 86_400_000;
/** From here on there is no room for more events. */
const MOST_EVENTS = 24_999;

/**
 * What stands in the way of RedriveExecution; nothing where AWS allows it. Our machines are all of type STANDARD.
 * @see https://docs.aws.amazon.com/step-functions/latest/dg/redrive-executions.html
 */
export const redriveObstacle = (
  { status, endedAt }: Pick<RunDetail, 'status' | 'endedAt'>,
  events: number,
  now: number,
): Obstacle | undefined => {
  if (status === 'RUNNING' || endedAt === undefined) return 'running';
  if (status === 'SUCCEEDED') return 'succeeded';
  if (now - Date.parse(endedAt) > REDRIVABLE_DAYS * DAY_MS) return 'too_old';
  return events >= MOST_EVENTS ? 'too_long' : undefined;
};

/** What a redrive of a run would do, by the names of states, each once. */
export interface Redrive {
  /** Those that did not succeed: they run again in this same execution, with fresh retries. */
  readonly repeats: readonly string[];
  /** Tasks that were done, and to which the machine may lead back from there. */
  readonly mayRepeat: readonly string[];
  /** Tasks that were done, and to which no way leads back: their results stay. */
  readonly keeps: readonly string[];
}

/**
 * What a redrive of a run would do. What did not succeed before an earlier redrive has gone on with that one: AWS lets the
 * visit itself go on, the local cloud enters the state once more. What failed inside a Parallel or Map whose end is known
 * has been dealt with by the machine.
 */
export const redriveOf = ({ visits }: Run, events: readonly RunEvent[], states: States): Redrive => {
  const redrives = events.flatMap(({ type, id }) => (type === 'ExecutionRedriven' ? [id] : []));
  const isOver = (visit: Visit): boolean => {
    const around = visit.within === undefined ? undefined : visits[visit.within];
    if (around?.outcome === 'done' || around?.outcome === 'caught') return true;
    const redrive = redrives.find((id) => id > (visit.events.at(-1) ?? 0));
    return (
      redrive !== undefined &&
      visits.some(({ state, events: [entered = 0] }) => state === visit.state && entered > redrive)
    );
  };
  const repeats = namesOf(visits.filter((visit) => isUnsuccessful(visit) && !isOver(visit)));
  const reached = reachedFrom(states, repeats);
  const done = namesOf(
    visits.filter(({ outcome, kind }) => kind === 'Task' && (outcome === 'done' || outcome === 'caught')),
  ).filter((state) => !repeats.includes(state));
  return {
    repeats,
    mayRepeat: done.filter((state) => reached.has(state)),
    keeps: done.filter((state) => !reached.has(state)),
  };
};

const namesOf = (visits: readonly Visit[]): readonly string[] => [
  ...new Set(visits.flatMap(({ state }) => state ?? [])),
];

/** Where a machine may come to from some of its states, by any of its ways. */
const reachedFrom = (states: States, from: readonly string[]): ReadonlySet<string> => {
  const ways = new Map(waysOf(states, []));
  const reached = new Set<string>();
  const open = [...from];
  for (let state = open.pop(); state !== undefined; state = open.pop()) {
    for (const next of ways.get(state) ?? []) {
      if (!reached.has(next)) open.push(next);
      reached.add(next);
    }
  }
  return reached;
};

/** @param out where a Parallel or Map goes on in which these states are */
const waysOf = (
  states: States,
  out: readonly string[],
): readonly (readonly [state: string, ways: readonly string[]])[] =>
  Object.entries(states).flatMap(([name, { Next, Default, Choices, Catch, Branches, ItemProcessor }]) => {
    const ways = [Next, Default, ...[...(Choices ?? []), ...(Catch ?? [])].map((way) => way.Next)].flatMap(
      (way) => way ?? [],
    );
    const parts = [...(Branches ?? []), ...(ItemProcessor ? [ItemProcessor] : [])];
    return [
      [name, [...ways, ...out, ...parts.map(({ StartAt }) => StartAt)]] as const,
      ...parts.flatMap((part) => waysOf(part.States, [...ways, ...out])),
    ];
  });
