import { limited } from '../../../shared/allowances/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { trainRoutes } from '../contract.trains.ts';
import { ALLOWANCES } from '../domain/allowance.ts';
import { availabilityView } from '../domain/availability.ts';
import { poolIdOf } from '../domain/pool.ts';
import type { RailPorts } from '../domain/ports.ts';
import { messages } from '../messages.ts';
import { railPorts } from '../store/ports.ts';

type Request = Pick<RequestOf<typeof trainRoutes.getAvailability>, 'path' | 'query'>;

/**
 * What the next passenger would get. It is no promise: who asks first is allocated first.
 * @throws {NotFoundError} there is no such train
 * @throws {TrainNotRunningError} not on that day, or it has no such class or quota
 */
export const getAvailability =
  ({ trains, pools, now }: Pick<RailPorts, 'trains' | 'pools' | 'now'>) =>
  async ({ path, query: { date, class: cls, quota } }: Request) => {
    const [train, known] = await Promise.all([
      trains.load(path.train),
      pools.find(poolIdOf(path.train, date, cls, quota)),
    ]);
    const body = availabilityView(train, { date, cls, quota }, { known, now: now() });
    return { status: 200, body } as const;
  };

export const handler = restHandler({
  route: trainRoutes.getAvailability,
  handle: getAvailability,
  admit: limited({ allowance: ALLOWANCES.getAvailability }),
  ports: railPorts,
  messages,
});
