/** What each of the running executions waits for. Their histories are read a few at a time, and only when asked for. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { type RunView, routes } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { every, LIVE_MS } from '../../city/live.ts';
import { machineQuery } from '../../city/questions.ts';
import { runAfter } from '../../model/run.ts';
import { statesOf, type Waiting, waitingIn } from '../../model/waiting.ts';

/** So many histories are read for a list; what is over is said. */
export const LOOKED_AT = 50;
/** What a run waits for stands in its last events. */
const LAST_EVENTS = 50;

export const useWaits = (
  machine: string,
  runs: readonly RunView[],
  wanted: boolean,
): { readonly waits: ReadonlyMap<string, readonly Waiting[]>; readonly looked: number } => {
  const definition = useQuery({ ...machineQuery(machine), enabled: wanted }).data?.definition;
  const states = useMemo(() => (definition === undefined ? undefined : statesOf(definition)), [definition]);
  const running = wanted ? runs.filter(({ status }) => status === 'RUNNING').slice(0, LOOKED_AT) : [];
  return useQueries({
    queries: running.map(({ name }) => ({
      queryKey: ['last-events', machine, name],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        ask(
          'console',
          routes.listRunEvents,
          { path: { machine, run: name }, query: { from: 'end', limit: LAST_EVENTS } },
          { signal },
        ),
      refetchInterval: every(LIVE_MS * 2),
    })),
    combine: (answers) => {
      const waits = new Map<string, readonly Waiting[]>();
      for (const [at, { data }] of answers.entries()) {
        const name = running[at]?.name;
        if (data === undefined || states === undefined || name === undefined) continue;
        const events = [...data.items].sort((a, b) => a.id - b.id);
        waits.set(name, waitingIn(runAfter(events), states));
      }
      return { waits, looked: waits.size };
    },
  });
};
