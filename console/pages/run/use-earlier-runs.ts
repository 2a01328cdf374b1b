/** What the executions before this one did for the same saga: a saga that was resumed has several. */
import { useQueries, useQuery } from '@tanstack/react-query';
import { routes } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import { loadHistory } from '../../city/history.ts';
import { type Run, runAfter } from '../../model/run.ts';
import type { RunInView } from './use-run.ts';

/** Oldest first; those that are not loaded yet are missing. */
export const useEarlierRuns = ({ machine, detail: { saga, number = 1 } }: RunInView): readonly Run[] => {
  const runs = useQuery({
    queryKey: ['runs-of-saga', machine, saga ?? ''],
    queryFn: ({ signal }) =>
      ask('console', routes.listRuns, { path: { machine }, query: { saga } }, { signal }),
    enabled: saga !== undefined && number > 1,
  });
  const earlier = (runs.data?.items ?? [])
    .filter((run) => (run.number ?? 0) < number)
    .toSorted((a, b) => (a.number ?? 0) - (b.number ?? 0));
  return useQueries({
    queries: earlier.map(({ name }) => ({
      queryKey: ['whole-history', machine, name],
      // They have ended: nothing of them changes any more.
      staleTime: Number.POSITIVE_INFINITY,
      queryFn: async ({ signal }: { signal: AbortSignal }) =>
        runAfter((await loadHistory({ machine, run: name, signal }, () => undefined)).events),
    })),
    combine: (answers) => answers.flatMap(({ data }) => (data === undefined ? [] : [data])),
  });
};
