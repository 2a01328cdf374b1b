import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, houseIndexes } from '../../../shared/effects/index.ts';
import { type Ids, newId, uuidV7 } from '../../../shared/ids/index.ts';
import { type Chance, type Now, type Pause, pause } from '../../../shared/time/index.ts';
import { remainingMs } from '../../../shared/tracing/index.ts';
import type { BankPorts } from '../domain/ports.ts';
import { books } from './books.ts';

/** The indexes of the table, as the stack makes them. */
export const INDEXES = { ...houseIndexes, due: { pk: 'dueShard', sk: 'dueAt' } } as const;

export interface Surroundings {
  readonly now: Now;
  readonly ids: Ids;
  readonly chance: Chance;
  /** Milliseconds that are left to the caller. */
  readonly deadline: () => number;
  readonly pause: Pause;
}

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
  bankOn(dynamoStore({ client: documentClient(), table: env('TABLE'), indexes: INDEXES }), {
    now: () => new Date(),
    ids: uuidV7,
    chance: Math.random,
    deadline: remainingMs,
    pause,
  });
