import { fixedClock, sequenceIds } from '../testing/index.ts';
import { put } from './change.ts';
import { effects } from './commit.ts';
import { memoryStore } from './memory-store.ts';
import type { EffectStore } from './store.ts';

export const wallet = { pk: 'wallet#1', sk: 'balance' };
export const record = { pk: 'payment#1', sk: 'payment' };

/** How long a commit of {@link setUp} may try, in milliseconds. */
export const DEADLINE_MS = 1_000;

/**
 * For the tests of `commit`: a wallet of 100, a record at version 3 with actor 2, and a clock that only pauses move.
 *
 * @param wrap replaces functions of the store in memory. @default none
 */
export const setUp = async (wrap: (store: EffectStore) => Partial<EffectStore> = () => ({})) => {
  const memory = memoryStore();
  await memory.transact([put(wallet, { balance: 100 }), put(record, { version: 3, actor: 2 })]);
  const clock = fixedClock();
  const pauses: number[] = [];
  const bound = effects({
    store: { ...memory, ...wrap(memory) },
    now: clock.now,
    ids: sequenceIds(),
    chance: () => 0.5,
    deadline: () => DEADLINE_MS - pauses.reduce((sum, ms) => sum + ms, 0),
    pause: async (ms) => {
      pauses.push(ms);
    },
  });
  return { ...bound, memory, clock, pauses };
};
