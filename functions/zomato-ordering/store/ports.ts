import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, houseIndexes, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { untilUnchanged } from '../../../shared/effects/until-unchanged.ts';
import type { OrderingPorts } from '../domain/ports.ts';
import { catalogue } from './catalogue.ts';
import { INDEXES } from './keys.ts';
import { orders } from './orders.ts';

/** What orders and catalogue are on: a table of effects, or one in memory. */
export type Ordering = Omit<OrderingPorts, 'people'>;

export const orderingOn = (store: EffectStore, around: Surroundings): Ordering => {
  const bound = effects({ store, ...around });
  const insist = untilUnchanged(around, { tries: 8, pauses: { baseMs: 20, capMs: 400 } });
  return {
    ...{ effects: bound, insist, now: around.now, ids: around.ids },
    orders: orders(store, bound, insist),
    catalogue: catalogue(store, bound, { ids: around.ids, insist }),
  };
};

/** On the table that TABLE names. */
export const orderingPorts = (): Ordering =>
  orderingOn(
    dynamoStore({
      ...{ client: documentClient(), table: env('TABLE') },
      indexes: { ...houseIndexes, ...INDEXES },
    }),
    inTheCity,
  );
