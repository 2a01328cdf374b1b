/** How a system does at the moment. */
import { queryOptions } from '@tanstack/react-query';
import { routes } from '../../functions/console/contract.ts';
import { ask } from './ask.ts';
import { CALM_MS, every } from './live.ts';

export const systemStateQuery = (system: string) =>
  queryOptions({
    queryKey: ['system-state', system],
    queryFn: ({ signal }) => ask('console', routes.getSystemState, { path: { system } }, { signal }),
    refetchInterval: every(CALM_MS),
  });
