import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { chartRoutes } from '../contract.charts.ts';
import { Quota } from '../contract.codes.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { chartView, mustHaveChart } from '../domain/chart.ts';
import { openedFor, poolIdOf } from '../domain/pool.ts';
import type { RailPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { railPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof chartRoutes.getChart>, 'path' | 'query'>;

/**
 * Each berth of a class on a day. What is free is known of all of them, and who sits where from a page of bookings.
 * @throws {NotFoundError} there is no such train
 * @throws {TrainNotRunningError} not on that day, or it has no such class
 */
export const getChart =
  ({ trains, pools, bookings, now }: Pick<RailPorts, 'trains' | 'pools' | 'bookings' | 'now'>) =>
  async ({ path: { train: number, date }, query: { class: cls, ...page } }: Request) => {
    const train = await trains.load(number);
    mustHaveChart(train, date, cls);
    const [{ items, ...rest }, ...known] = await Promise.all([
      bookings.ofClass(number, date, cls, page),
      ...Quota.options.map((quota) => pools.find(poolIdOf(number, date, cls, quota))),
    ]);
    const all = Quota.options.map(
      (quota, index) => known[index] ?? openedFor(train, { date, cls, quota }, now()),
    );
    const body = { ...chartView(train, { date, cls }, { pools: all, bookings: items }), ...rest };
    return { status: 200, body } as const;
  };

export const handler = restHandler({
  route: chartRoutes.getChart,
  handle: getChart,
  admit: limited({ allowance: ALLOWANCES.getChart }),
  ports: railPorts,
  messages,
});
