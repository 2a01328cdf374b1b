/** Which ways through a definition a run took. */
import type { Run } from './run.ts';

/** `from → to` of states that were entered one after the other. Where nothing says after which, no way is claimed. */
export const waysTaken = ({ visits }: Run): ReadonlySet<string> => {
  const owners = new Map(visits.flatMap(({ state, events }) => events.map((event) => [event, state])));
  return new Set(
    visits.flatMap(({ state, after }) => {
      const before = after === undefined ? undefined : owners.get(after);
      return before === undefined || state === undefined ? [] : [way(before, state)];
    }),
  );
};

export const way = (from: string, to: string): string => `${from} → ${to}`;
