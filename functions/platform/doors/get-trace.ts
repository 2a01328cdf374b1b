import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { ROWS_SHOWN, routes } from '../contract.ts';
import { linesIn, startOf, waterfall } from '../domain/trace.ts';
import { type TracePorts, tracePorts } from '../store/read-traces.ts';

/**
 * A trace as far as it has arrived.
 * @throws {NotFoundError} no span of it has (yet), or it is more than three days old
 */
export const getTrace =
  ({ traces }: TracePorts) =>
  async ({ path: { traceId } }: RequestOf<typeof routes.getTrace>) => {
    const { items, more } = await traces.read(traceId);
    const lines = linesIn(items);
    const rows = waterfall(lines);
    if (rows.length === 0) throw new NotFoundError({ what: 'trace', id: traceId });
    const body = {
      ...{ traceId, startedAt: new Date(startOf(lines)).toISOString() },
      spans: rows.slice(0, ROWS_SHOWN),
      ...{ total: rows.length, more },
    };
    return { status: 200, body } as const;
  };

export const handler = restHandler({ route: routes.getTrace, handle: getTrace, ports: tracePorts });
