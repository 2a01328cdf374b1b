import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import type { LogPage } from '../contract.views.ts';
import { read } from '../domain/reading.ts';
import { messages } from '../messages.ts';
import { type LogPorts, logPorts } from '../store/ports.ts';

/**
 * The log of an order after `from`, for whoever has no WebSocket; where nothing stands there yet, what comes within `wait`
 * seconds.
 * @throws {NotFoundError} there is no such order, or it is none of the caller's: they cannot tell the two apart
 */
export const readLog =
  (ports: LogPorts) =>
  async ({ path: { orderId }, ...asking }: RequestOf<typeof routes.readLog>) =>
    // The page of an order, since that is what was asked for.
    ({ status: 200, body: (await read(ports, orderId, asking)) as LogPage }) as const;

export const handler = restHandler({ route: routes.readLog, handle: readLog, ports: logPorts, messages });
