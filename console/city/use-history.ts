/** The history of an execution in a page, kept up to date while the execution runs. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { isEnding } from '../model/run.ts';
import { type History, loadHistory } from './history.ts';
import { every, LIVE_MS } from './live.ts';

/** What is known of it, growing while it loads, until its last event says that it has ended. */
export const useHistory = (machine: string, run: string) => {
  const queries = useQueryClient();
  const key = ['history', machine, run];
  return useQuery<History>({
    queryKey: key,
    queryFn: ({ signal }) =>
      loadHistory({ machine, run, known: queries.getQueryData<History>(key), signal }, (part) =>
        queries.setQueryData(key, part),
      ),
    refetchInterval: (query) => (hasEnded(query.state.data) ? false : every(LIVE_MS)(query)),
  });
};

/** What the execution itself is said to be may be newer than the events that are here. */
const hasEnded = (history: History | undefined): boolean =>
  history?.whole === true && isEnding(history.events.at(-1)?.type ?? '');
