/** What pages ask functions/console, each question once for all who need its answer. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { routes } from '../../functions/console/contract.ts';
import { ask } from './ask.ts';
import { CALM_MS, every, LIVE_MS } from './live.ts';

export const systemsQuery = () =>
  queryOptions({
    queryKey: ['systems'],
    queryFn: ({ signal }) => ask('console', routes.listSystems, {}, { signal }),
    refetchInterval: every(CALM_MS),
  });

/** Which queues hear which events: kept apart from the systems, since a saved run has it with it. */
export const hearersQuery = () =>
  queryOptions({
    queryKey: ['hearers'],
    queryFn: async ({ signal }) =>
      (await ask('console', routes.listSystems, {}, { signal })).items.flatMap(({ queues }) =>
        queues.flatMap(({ name, hears }) => (hears === undefined ? [] : [{ queue: name, hears }])),
      ),
    staleTime: CALM_MS,
  });

export const machinesQuery = () =>
  queryOptions({
    queryKey: ['machines'],
    queryFn: ({ signal }) => ask('console', routes.listMachines, {}, { signal }),
    refetchInterval: every(LIVE_MS * 2),
  });

export const machineQuery = (machine: string) =>
  queryOptions({
    queryKey: ['machine', machine],
    queryFn: ({ signal }) => ask('console', routes.getMachine, { path: { machine } }, { signal }),
    staleTime: CALM_MS,
  });

export interface RunFilter {
  readonly status?: RunStatus | undefined;
  readonly saga?: string | undefined;
}
export type RunStatus = NonNullable<(typeof routes.listRuns.request.query)['_output']['status']>;

/** Executions, newest first, loaded from there on backwards by page. */
export const runsQuery = (machine: string, { status, saga }: RunFilter) =>
  infiniteQueryOptions({
    queryKey: ['runs', machine, status ?? '', saga ?? ''],
    queryFn: ({ signal, pageParam }) =>
      ask(
        'console',
        routes.listRuns,
        { path: { machine }, query: { status, saga, cursor: pageParam, limit: RUNS_A_PAGE } },
        { signal },
      ),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
  });
const RUNS_A_PAGE = 500;

export const runQuery = (machine: string, run: string) =>
  queryOptions({
    queryKey: ['run', machine, run],
    queryFn: ({ signal }) => ask('console', routes.getRun, { path: { machine, run } }, { signal }),
    refetchInterval: (query) => (query.state.data?.status === 'RUNNING' ? every(LIVE_MS)(query) : false),
  });
