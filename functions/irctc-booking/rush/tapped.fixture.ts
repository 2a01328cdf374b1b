/** The store of a rush, which hands on what is committed: events to the queues, changes to whoever watches. */
import { type Change, type EffectStore, eventOf } from '../../../shared/effects/index.ts';
import type { Told } from './queues.fixture.ts';
import { type Changed, type RushStore, rushStore } from './store.fixture.ts';

export interface Tap {
  readonly start: readonly Change[];
  readonly told: (event: Told) => void;
  readonly committed: (changed: readonly Changed[]) => void;
}

export const storeOf = ({ start, told, committed }: Tap): RushStore => {
  const store = rushStore();
  store.apply(start);
  const isOfOutbox = ({ key }: Change) => key.pk.startsWith('OUTBOX#');
  const transact: EffectStore['transact'] = async (changes) => {
    const changed = store.apply(changes.filter((change) => !isOfOutbox(change)));
    committed(changed);
    for (const change of changes) if (isOfOutbox(change) && change.does === 'put') told(eventOf(change.item));
  };
  return { ...store, transact };
};
