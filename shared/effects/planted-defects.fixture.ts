/** Stores that break one rule each: what a careless primitive would do. The laws must find every one. */
import { HouseError } from '../errors/index.ts';
import type { Change } from './change.ts';
import { holds } from './evaluate.ts';
import { ChangesRefused, type EffectStore } from './store.ts';

type Defect = (store: EffectStore) => EffectStore;

const transacting =
  (transact: (store: EffectStore, changes: readonly Change[]) => Promise<void>): Defect =>
  (store) => ({ ...store, transact: (changes) => transact(store, changes) });

const isUnder = (prefix: string) => (change: Change) => change.key.pk.startsWith(prefix);

/** The changes in two transactions: those of the first kind, then the others. */
const apart = (isFirst: (change: Change) => boolean): Defect =>
  transacting(async (store, changes) => {
    for (const part of [changes.filter(isFirst), changes.filter((change) => !isFirst(change))]) {
      if (part.length > 0) await store.transact(part);
    }
  });

const withoutGuards = (isOpen: (change: Change) => boolean): Defect =>
  transacting((store, changes) =>
    store.transact(changes.map((change) => (isOpen(change) ? { ...change, guards: [] } : change))),
  );

/** Takes what a transient error means for granted. */
const onLostAnswer = (guess: (store: EffectStore, changes: readonly Change[]) => Promise<void>): Defect =>
  transacting(async (store, changes) => {
    try {
      await store.transact(changes);
    } catch (caught) {
      if (!HouseError.from(caught).retryable) throw caught;
      await guess(store, changes);
    }
  });

const blindly = (changes: readonly Change[]) => changes.map((change) => ({ ...change, guards: [] }));

export const recordAfterTheEffect = apart((change) => !isUnder('EFFECT#')(change));
export const recordBeforeTheEffect = apart(isUnder('EFFECT#'));
export const postingsApart = apart((change) => !isUnder('LEDGER#')(change));
export const eventsApart = apart((change) => !isUnder('OUTBOX#')(change));
export const noRecordCondition = withoutGuards(isUnder('EFFECT#'));
export const noWalletCondition = withoutGuards(isUnder('wallet#'));
export const noFence = withoutGuards(isUnder('payment#'));
export const lostAnswerIsSuccess = onLostAnswer(async () => undefined);
export const lostAnswerIsTriedBlindly = onLostAnswer((store, changes) => store.transact(blindly(changes)));

export const oneByOne = transacting(async (store, changes) => {
  for (const change of changes) await store.transact([change]);
});

export const readThenWrite = transacting(async (store, changes) => {
  const found = await Promise.all(changes.map(({ key }) => store.get(key)));
  const refusals = changes.flatMap(({ guards }, index) =>
    guards.every(({ clause }) => holds(clause, found[index])) ? [] : [{ index, found: found[index] }],
  );
  if (refusals.length > 0) throw new ChangesRefused(refusals);
  await store.transact(blindly(changes));
});

export const onlyTheLastRefusal = transacting(async (store, changes) => {
  try {
    await store.transact(changes);
  } catch (caught) {
    throw caught instanceof ChangesRefused ? new ChangesRefused(caught.refusals.slice(-1)) : caught;
  }
});
