import { NotFoundError } from '../../../shared/errors/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import { routes } from '../contract.ts';
import { cityEvent } from '../domain/city-events.ts';
import { type CityEventPorts, cityEventPorts } from '../store/city-events.ts';

/**
 * One event of the city.
 * @throws {NotFoundError} it has not arrived (yet), or it is more than three days old
 */
export const getCityEvent =
  ({ events }: Pick<CityEventPorts, 'events'>) =>
  async ({ path: { id } }: RequestOf<typeof routes.getCityEvent>) => {
    const found = await events.find(id);
    if (!found) throw new NotFoundError({ what: 'event', id });
    return { status: 200, body: cityEvent(found, true) } as const;
  };

export const handler = restHandler({
  route: routes.getCityEvent,
  handle: getCityEvent,
  ports: cityEventPorts,
});
