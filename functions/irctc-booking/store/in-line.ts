/** What allocation alone needs: the requests of a batch in one read. */
import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { dynamoGetAll, type GetAll } from '../../../shared/effects/get-all.ts';
import type { EffectStore, Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Booking } from '../domain/booking.ts';
import type { Pool } from '../domain/pool.ts';
import type { LinePorts, ReadRequested } from '../domain/ports.ts';
import { bookingKey, poolKey } from './keys.ts';
import { railIndexes, railOn } from './ports.ts';
import { withoutKeys } from './rail.ts';

const readRequested =
  (getAll: GetAll): ReadRequested =>
  async (requests) => {
    const ids = [...new Set(requests.map(({ booking }) => booking))];
    const wanted = [...new Set(requests.map(({ pool }) => pool))];
    const found = await getAll([...ids.map(bookingKey), ...wanted.map(poolKey)]);
    return {
      bookings: ids.map((id, nth) => {
        const item = found[nth];
        if (!item) throw new NotFoundError({ what: 'booking', id });
        return withoutKeys<Booking>(item);
      }),
      pools: found.slice(ids.length).flatMap((item) => (item ? [withoutKeys<Pool>(item)] : [])),
    };
  };

/** On a table of effects, or one in memory. @param getAll where many items can be read in one call; else each is by itself */
export const lineOn = (
  store: EffectStore,
  around: Surroundings,
  getAll: GetAll = (keys) => Promise.all(keys.map((key) => store.get(key))),
): LinePorts => ({ ...railOn(store, around), readRequested: readRequested(getAll) });

/** On the table that TABLE names. */
export const linePorts = (): LinePorts => {
  const table = { client: documentClient(), table: env('TABLE') };
  return lineOn(dynamoStore({ ...table, indexes: railIndexes }), inTheCity, dynamoGetAll(table));
};
