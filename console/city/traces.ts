/** Questions about traces, to the platform. */
import { queryOptions } from '@tanstack/react-query';
import { routes } from '../../functions/platform/contract.ts';
import { ask } from './ask.ts';
import { CALM_MS, every } from './live.ts';

export const traceQuery = (traceId: string) =>
  queryOptions({
    queryKey: ['trace', traceId],
    queryFn: ({ signal }) => ask('platform', routes.getTrace, { path: { traceId } }, { signal }),
    refetchInterval: every(CALM_MS),
  });
