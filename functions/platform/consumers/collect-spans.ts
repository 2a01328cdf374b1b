/**
 * Collects spans and log lines of every function into the traces table. A log subscription feeds it, so it is no
 * house handler; it opens no span of its own and never reads its own log group, or it would never come to rest.
 */
import { documentClient, env } from '../../../shared/aws/index.ts';
import { onceReady } from '../../../shared/lambda/invocation.ts';
import { logger } from '../../../shared/logging/index.ts';
import { pause } from '../../../shared/time/index.ts';
import { itemsOf, unpack } from '../domain/log-lines.ts';
import { type Traces, traces } from '../store/traces.ts';

export interface CollectorPorts {
  readonly traces: Traces;
  /** The log group of the collector itself. */
  readonly ownGroup: string;
}

/**
 * Keeps what belongs to a trace. Telemetry may be lost, so what the table does not take is counted and let go.
 * @throws {Error} the delivery is no delivery, or the table is out of reach
 */
export const collectSpans =
  ({ traces, ownGroup }: CollectorPorts) =>
  async (event: unknown): Promise<void> => {
    const delivery = unpack(event);
    if (delivery.logGroup === ownGroup) return;
    const items = itemsOf(delivery);
    const lost = await traces.keep(items);
    if (lost > 0) logger().warn('telemetry was lost', { lost, of: items.length });
  };

const ready = onceReady(() =>
  collectSpans({
    traces: traces({
      client: documentClient(),
      table: env('TRACES_TABLE'),
      chance: Math.random,
      pause,
    }),
    ownGroup: `/aws/lambda/${env('AWS_LAMBDA_FUNCTION_NAME')}`,
  }),
);

export const handler = (event: unknown): Promise<void> => ready()(event);
