import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { type TraceListPorts, traceListPorts } from '../store/list-traces.ts';

/** Traces as far as they have arrived, the newest first. */
export const listTraces =
  ({ list }: TraceListPorts) =>
  async ({ query }: RequestOf<typeof routes.listTraces>) =>
    ({ status: 200, body: await list.page(query) }) as const;

export const handler = restHandler({ route: routes.listTraces, handle: listTraces, ports: traceListPorts });
