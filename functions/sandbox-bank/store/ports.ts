import { documentClient, env } from '../../../shared/aws/index.ts';
import { dueIndex } from '../../../shared/effects/due.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, houseIndexes, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { newId } from '../../../shared/ids/index.ts';
import type { BankPorts } from '../domain/ports.ts';
import { books } from './books.ts';

/** The indexes of the table, as the stack makes them. */
export const INDEXES = { ...houseIndexes, ...dueIndex } as const;

/** The bank on any store of effects: the table's, or one in memory. */
export const bankOn = (store: EffectStore, around: Surroundings): BankPorts => {
  const { now, ids, pause } = around;
  return {
    books: books({ store, effects: effects({ store, ...around }), now, ids }),
    pause,
    reference: () => newId('txn', ids),
    now,
  };
};

/** The bank on the table that TABLE names. */
export const bankPorts = (): BankPorts =>
  bankOn(dynamoStore({ client: documentClient(), table: env('TABLE'), indexes: INDEXES }), inTheCity);
