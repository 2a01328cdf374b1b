import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, houseIndexes, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import type { RailPorts } from '../domain/ports.ts';
import { INDEXES } from './keys.ts';
import { bookings, clockwork, pools, trains } from './rail.ts';

/** On a table of effects, or one in memory. */
export const railOn = (store: EffectStore, around: Surroundings): RailPorts => {
  const bound = effects({ store, ...around });
  return {
    ...{ bookings: bookings(store), pools: pools(store), trains: trains(store, bound, around.ids) },
    ...{ clockwork: clockwork(store), effects: bound, insist: untilUnchanged(around) },
    ...{ now: around.now, ids: around.ids, chance: around.chance },
  };
};

/** The indexes of the table. */
export const railIndexes = { ...houseIndexes, ...INDEXES };

/** On the table that TABLE names. */
export const railPorts = (): RailPorts =>
  railOn(dynamoStore({ client: documentClient(), table: env('TABLE'), indexes: railIndexes }), inTheCity);
