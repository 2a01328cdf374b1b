/**
 * What is known of an order now and has no history: where its rider is, where it begins and ends. No effects: the newest
 * counts, and who comes second reads again.
 */
import {
  absent,
  type Change,
  type EffectStore,
  equals,
  type Item,
  put,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { ChangesRefused, StoreBusy } from '../../../shared/effects/store.ts';
import { TransientError } from '../../../shared/errors/index.ts';
import { type Chance, fullJitterMs, type Now, type Pause } from '../../../shared/time/index.ts';
import type { PositionRecord } from '../domain/positions.ts';
import type { Places } from '../domain/views.ts';
import { placesKey, positionKey } from './keys.ts';
import { secondsIn } from './log.ts';

export interface Changing {
  readonly store: EffectStore;
  readonly chance: Chance;
  readonly pause: Pause;
}

const MOST_TRIES = 10;

/**
 * Reads, decides and writes, again as long as others write in between.
 * @param decide reads, and answers what is to be written, if anything is
 * @throws {TransientError} others were always first
 */
export const changing = async <T>(
  { store, chance, pause }: Changing,
  decide: () => Promise<{ readonly changes: readonly Change[]; readonly answer: T }>,
): Promise<T> => {
  for (let attempt = 1; ; attempt += 1) {
    const { changes, answer } = await decide();
    if (changes.length === 0) return answer;
    try {
      await store.transact(changes);
      return answer;
    } catch (caught) {
      if (!(caught instanceof ChangesRefused || caught instanceof StoreBusy)) throw caught;
      if (attempt >= MOST_TRIES) throw new TransientError({ reason: 'others were first' }, { cause: caught });
      await pause(fullJitterMs(attempt, chance, { baseMs: 20, capMs: 300 }));
    }
  }
};

export interface Positions {
  find(order: string): Promise<PositionRecord | undefined>;
  /** Changes what is known by what it has become; undefined changes nothing. Answers what `decide` does. */
  change<T extends { readonly record: PositionRecord } | undefined>(
    order: string,
    decide: (found: PositionRecord | undefined) => T,
  ): Promise<T>;
  placesOf(order: string): Promise<Places | undefined>;
  keepPlaces(order: string, places: Places): Promise<void>;
}

/** A position is of use while its order is under way. */
export const PLACES_DAYS = 2;

export const positions = ({ now, ...ports }: Changing & { readonly now: Now }): Positions => {
  const { store } = ports;
  const find = async (order: string) => {
    const found = await store.get(positionKey(order));
    return found && positionIn(found);
  };
  return {
    async find(order) {
      return (await find(order))?.record;
    },
    change: (order, decide) =>
      changing(ports, async () => {
        const found = await find(order);
        const answer = decide(found?.record);
        if (answer === undefined) return { changes: [], answer };
        const version = (found?.version ?? 0) + 1;
        const item = { ...answer.record, version, expiresAt: secondsIn(now(), PLACES_DAYS) } as Item;
        return { changes: [put(positionKey(order), item, unchanged(found?.version))], answer };
      }),
    async placesOf(order) {
      const found = await store.get(placesKey(order));
      return found && placesIn(found);
    },
    async keepPlaces(order, { restaurant, delivery }) {
      const places = { restaurant: { ...restaurant }, delivery: { ...delivery } };
      await store.transact([put(placesKey(order), { ...places, expiresAt: secondsIn(now(), PLACES_DAYS) })]);
    },
  };
};

/** The guard's error is read by nobody: whoever is refused reads again. */
const unchanged = (version: number | undefined) =>
  when(
    version === undefined ? absent() : equals('version', version),
    () => new VersionConflictError({ expected: version ?? 0, found: null }),
  );

const positionIn = ({ pk, sk, version, expiresAt, ...record }: Item) => ({
  record: record as unknown as PositionRecord, // written by change alone
  version: Number(version),
});

const placesIn = ({ restaurant, delivery }: Item): Places => ({ restaurant, delivery }) as unknown as Places; // written by keepPlaces alone
