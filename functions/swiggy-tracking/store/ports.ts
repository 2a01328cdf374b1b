import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, houseIndexes, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { type Bookings, bookings } from './bookings.ts';
import { INDEXES } from './keys.ts';
import { type Orders, orders } from './orders.ts';
import { type Positions, positions } from './registers.ts';
import { type Riders, riders } from './riders.ts';

/** What everything that works on the table of logs gets. */
export interface LogPorts extends Surroundings {
  readonly orders: Orders;
  readonly bookings: Bookings;
  readonly positions: Positions;
  readonly riders: Riders;
}

/** The ports on any store of effects: the table's, or one in memory. */
export const logOn = (store: EffectStore, around: Surroundings): LogPorts => {
  const log = { store, effects: effects({ store, ...around }), now: around.now };
  return {
    ...around,
    orders: orders(log),
    bookings: bookings(log),
    positions: positions({ store, ...around }),
    riders: riders({ store, now: around.now }),
  };
};

/** The ports on the table that TABLE names. */
export const logPorts = (): LogPorts =>
  logOn(
    dynamoStore({
      ...{ client: documentClient(), table: env('TABLE') },
      indexes: { ...houseIndexes, ...INDEXES },
    }),
    inTheCity,
  );
