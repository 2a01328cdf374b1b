/** Questions about traces, to the platform. */
import { queryOptions, useQuery, useQueryClient } from '@tanstack/react-query';
import { routes, type TraceSummary } from '../../functions/platform/contract.ts';
import { ask } from './ask.ts';
import { CALM_MS, every, LIVE_MS } from './live.ts';
import { useOlder } from './use-older.ts';

export const traceQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['trace', traceId],
    queryFn: ({ signal }) => ask('platform', routes.getTrace, { path: { traceId } }, { signal }),
    refetchInterval: every(CALM_MS),
  });

/** What the door can filter by. */
export interface TraceFilter {
  readonly system?: string | undefined;
  readonly status?: 'error' | undefined;
}

/** Traces, newest first, growing at both ends. */
export interface TraceList {
  readonly items: readonly TraceSummary[];
  /** Where older ones are. */
  readonly next?: string | undefined;
}

const TRACES_A_PAGE = 50;
/** So many pages are read to reach what is known; where more has come, the list begins anew. */
const MOST_PAGES_ANEW = 5;

/** The traces of a kind: new ones come by themselves, older ones when asked for. */
export const useTraces = ({ system, status }: TraceFilter) => {
  const queries = useQueryClient();
  const key = ['traces', system ?? '', status ?? ''];
  const page = (cursor: string | undefined, signal?: AbortSignal) =>
    ask(
      'platform',
      routes.listTraces,
      { query: { system, status, cursor, limit: TRACES_A_PAGE } },
      signal === undefined ? {} : { signal },
    );
  const known = () => queries.getQueryData<TraceList>(key);
  const traces = useQuery<TraceList>({
    queryKey: key,
    queryFn: async ({ signal }) => {
      let fresh: TraceList = await page(undefined, signal);
      for (let pages = 1; fresh.next !== undefined && known() !== undefined; pages++) {
        if (meets(fresh, known())) return joined(fresh, known());
        if (pages === MOST_PAGES_ANEW) break;
        fresh = joined(fresh, await page(fresh.next, signal));
      }
      return fresh;
    },
    // Errors are few among many: the door reads far for them.
    refetchInterval: every(status === undefined ? LIVE_MS * 2 : CALM_MS),
  });
  const { older, loadOlder } = useOlder(async () => {
    const cursor = known()?.next;
    if (cursor === undefined) return;
    const more = await page(cursor);
    queries.setQueryData<TraceList>(key, (list) => (list === undefined ? list : joined(list, more)));
  });
  return { traces, loadOlder, older };
};

const meets = (fresh: TraceList, known: TraceList | undefined): boolean => {
  const ids = new Set(known?.items.map(({ traceId }) => traceId));
  return fresh.items.some(({ traceId }) => ids.has(traceId));
};

/** The newer list with what only the older one has; what both have is as the newer one says. */
const joined = (newer: TraceList, older: TraceList | undefined): TraceList => {
  const ids = new Set(newer.items.map(({ traceId }) => traceId));
  const rest = older?.items.filter(({ traceId }) => !ids.has(traceId)) ?? [];
  return { items: [...newer.items, ...rest], next: older?.next };
};
