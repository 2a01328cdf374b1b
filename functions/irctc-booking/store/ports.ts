import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { dynamoGetAll, type GetAll } from '../../../shared/effects/get-all.ts';
import { type EffectStore, effects, houseIndexes, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import type { RailPorts } from '../domain/ports.ts';
import { INDEXES } from './keys.ts';
import { bookings, clockwork, pools, readRequested, trains } from './rail.ts';

/** On a table of effects, or one in memory. @param getAll where many items can be read in one call; else each is by itself */
export const railOn = (
  store: EffectStore,
  around: Surroundings,
  getAll: GetAll = (keys) => Promise.all(keys.map((key) => store.get(key))),
): RailPorts => {
  const bound = effects({ store, ...around });
  return {
    ...{ bookings: bookings(store), pools: pools(store), trains: trains(store, bound, around.ids) },
    ...{
      readRequested: readRequested(getAll),
      clockwork: clockwork(store),
      effects: bound,
      insist: untilUnchanged(around),
    },
    ...{ now: around.now, ids: around.ids, chance: around.chance },
  };
};

/** The indexes of the table. */
export const railIndexes = { ...houseIndexes, ...INDEXES };

/** On the table that TABLE names. */
export const railPorts = (): RailPorts => {
  const table = { client: documentClient(), table: env('TABLE') };
  return railOn(dynamoStore({ ...table, indexes: railIndexes }), inTheCity, dynamoGetAll(table));
};
