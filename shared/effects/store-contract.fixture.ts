/**
 * What every store of effects must do. The tests of each store call it, so that the model in memory and the table
 * cannot drift apart.
 */
import type { Key } from './item.ts';
import type { EffectStore } from './store.ts';
import { itemsContract } from './store-items.fixture.ts';
import { queriesContract } from './store-queries.fixture.ts';
import { transactionsContract } from './store-transactions.fixture.ts';

/** What the parts of the contract share. */
export interface StoreUnderTest {
  readonly name: string;
  readonly openStore: () => Promise<EffectStore> | EffectStore;
  /** A key in a partition that nobody uses yet. */
  readonly newKey: (sk?: string) => Key;
}

/** @param openStore gives an empty store; each part of the contract opens one */
export const storeContract = (name: string, openStore: StoreUnderTest['openStore']): void => {
  let partitions = 0;
  const newKey = (sk = 'item'): Key => {
    partitions += 1;
    return { pk: `contract#${partitions}`, sk };
  };
  for (const part of [itemsContract, transactionsContract, queriesContract])
    part({ name, openStore, newKey });
};
