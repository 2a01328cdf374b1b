/**
 * A store in memory as shared/effects has one, for a million rushes: it changes at once and says what it changed, has no
 * index, but says what is due, and keeps no outbox, since whoever commits hands its events on.
 */

import { holds } from '../../../shared/effects/evaluate.ts';
import type { Change, EffectStore, Item } from '../../../shared/effects/index.ts';
import { ChangesRefused } from '../../../shared/effects/store.ts';
import type { Due } from '../domain/ports.ts';

/** An item that a transaction changed. */
export interface Changed {
  readonly before: Item | undefined;
  readonly after: Item | undefined;
}

export interface RushStore extends EffectStore {
  /** What `transact` does, without waiting. @throws {ChangesRefused} nothing was written */
  apply(changes: readonly Change[]): readonly Changed[];
  /** What time has something to do with. */
  due(at: Date): Due[];
  peek(pk: string, sk: string): Item | undefined;
}

export const rushStore = (): RushStore => {
  const items = new Map<string, Item>();
  const due = new Map<string, Item>();

  const apply = (changes: readonly Change[]): readonly Changed[] => {
    const found = changes.map(({ key }) => items.get(idOf(key.pk, key.sk)));
    const refusals = changes.flatMap(({ guards }, index) =>
      guards.every(({ clause }) => holds(clause, found[index])) ? [] : [{ index, found: found[index] }],
    );
    if (refusals.length > 0) throw new ChangesRefused(refusals);
    return changes.map((change, index) => {
      const before = found[index];
      const after = applied(change, before);
      const id = idOf(change.key.pk, change.key.sk);
      if (after === undefined) items.delete(id);
      else items.set(id, after);
      if (after?.dueShard !== undefined) due.set(id, after);
      else if (before?.dueShard !== undefined) due.delete(id);
      return { before, after };
    });
  };

  return {
    apply,
    peek: (pk, sk) => items.get(idOf(pk, sk)),
    due: (at) =>
      [...due.values()]
        .filter(({ dueAt }) => (String(dueAt).split('#')[0] ?? '') <= at.toISOString())
        .map(dueIn),
    transact: async (changes) => {
      apply(changes);
    },
    get: async ({ pk, sk }) => items.get(idOf(pk, sk)),
    query: ({ index }) => Promise.reject(new TypeError(`no rush asks for ${index}`)),
  };
};

const idOf = (pk: string, sk: string): string => `${pk} ${sk}`;

/** Paths are single names: none of this system's are more. */
const applied = (change: Change, found: Item | undefined): Item | undefined => {
  switch (change.does) {
    case 'put':
      return change.item;
    case 'check':
      return found;
    case 'erase':
      return undefined;
    case 'update': {
      const item: Record<string, Item[string]> = { ...(found ?? change.key), ...change.set };
      for (const [name, by] of Object.entries(change.add)) item[name] = Number(item[name] ?? 0) + by;
      for (const name of change.remove) delete item[name];
      return item;
    }
  }
};

const dueIn = ({ sk, id, train, date }: Item): Due => {
  if (sk === 'BOOKING') return { what: 'booking', booking: id as never };
  return sk === 'POOL'
    ? { what: 'pool', pool: id as never }
    : { what: 'run', train: train as never, date: date as never };
};
