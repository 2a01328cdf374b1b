/** The last run that came to the machine's good end, to compare another one with. */
import { useQuery } from '@tanstack/react-query';
import { type RunView, routes } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { type History, loadHistory } from '../../city/history.ts';
import type { States } from '../../model/waiting.ts';
import type { RunInView } from './use-run.ts';

/** So many that succeeded are looked at: a saga that was refused has succeeded too, for Step Functions. */
const LOOKED_AT = 25;
/** The end of a run stands in its last events. */
const LAST_EVENTS = 5;

export interface LastGood {
  readonly run: RunView;
  readonly history: History;
}

/** `null` where none is found among those that were looked at. */
export const useLastGood = ({ machine, detail, states }: RunInView, named: string | undefined) =>
  useQuery<LastGood | null>({
    queryKey: ['last-good', machine, detail.name, named ?? ''],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async ({ signal }) => {
      const run =
        named === undefined
          ? await lastGood(machine, detail.name, states, signal)
          : await runOf(machine, named, signal);
      if (run === undefined) return null;
      return { run, history: await loadHistory({ machine, run: run.name, signal }, () => undefined) };
    },
  });

const runOf = (machine: string, run: string, signal: AbortSignal): Promise<RunView> =>
  ask('console', routes.getRun, { path: { machine, run } }, { signal });

const lastGood = async (
  machine: string,
  not: string,
  states: States,
  signal: AbortSignal,
): Promise<RunView | undefined> => {
  // The first end that a definition names is the one that it is for.
  const good = Object.entries(states).find(([, { Type }]) => Type === 'Succeed')?.[0];
  const query = { status: 'SUCCEEDED' as const, limit: LOOKED_AT };
  const { items } = await ask('console', routes.listRuns, { path: { machine }, query }, { signal });
  for (const run of items.filter(({ name }) => name !== not)) {
    if (good === undefined) return run;
    const end = { from: 'end' as const, limit: LAST_EVENTS };
    const path = { machine, run: run.name };
    const last = await ask('console', routes.listRunEvents, { path, query: end }, { signal });
    if (last.items.some(({ type, facts }) => type === 'SucceedStateEntered' && facts.name === good))
      return run;
  }
  return undefined;
};
