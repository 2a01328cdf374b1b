/** The history of an execution in a page, kept up to date while the execution runs. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { type History, loadHistory } from './history.ts';
import { every, LIVE_MS } from './live.ts';

/** What is known of it, growing while it loads. @param open whether it may still go on */
export const useHistory = (machine: string, run: string, open: boolean) => {
  const queries = useQueryClient();
  const key = ['history', machine, run];
  return useQuery<History>({
    queryKey: key,
    queryFn: ({ signal }) =>
      loadHistory({ machine, run, known: queries.getQueryData<History>(key), signal }, (part) =>
        queries.setQueryData(key, part),
      ),
    refetchInterval: (query) => (open ? every(LIVE_MS)(query) : false),
  });
};
