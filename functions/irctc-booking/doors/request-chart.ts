import { limited } from '../../../shared/allowances/index.ts';
import { command } from '../../../shared/effects/of-command.ts';
import { type CallContext, type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { chartRoutes } from '../contract.charts.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { mustBeChartable } from '../domain/chart.ts';
import type { RailPorts } from '../domain/ports.ts';
import { toldChartDue } from '../domain/telling.ts';
import { chartedAt } from '../domain/window.ts';
import { messages } from '../messages.ts';
import { railPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof chartRoutes.requestChart>, 'path' | 'caller' | 'idempotencyKey'>;
type Context = Pick<CallContext, 'correlationId' | 'traceparent'>;

/**
 * Has a chart made now. A consumer makes it; asked with the same key, it is told once.
 * @throws {NotFoundError} there is no such train
 * @throws {TrainNotRunningError} not on that day
 * @throws {BookingWindowError} the sale has not opened yet
 */
export const requestChart =
  ({ trains, effects, now }: Pick<RailPorts, 'trains' | 'effects' | 'now'>) =>
  async ({ path, caller, idempotencyKey }: Request, context: Context) => {
    const train = await trains.load(path.train);
    mustBeChartable(train, path.date, now());
    const effect = await command(chartRoutes.requestChart, { caller, idempotencyKey, path, body: null });
    const { answer } = await effects.commit({
      effect,
      events: toldChartDue(path, context),
      answer: { ...path, chartAt: chartedAt(train, path.date).toISOString() },
    });
    return {
      status: 202,
      headers: { Location: path.date },
      body: answer,
    } as const;
  };

export const handler = restHandler({
  route: chartRoutes.requestChart,
  handle: requestChart,
  admit: limited({ allowance: ALLOWANCES.requestChart }),
  ports: railPorts,
  messages,
});
