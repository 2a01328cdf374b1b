/**
 * The one primitive of the house: commit effect E of owner O once, and record in the same transaction what follows
 * from it. See {@link effects}.
 */
import { HouseError, IdempotencyKeyReusedError, TransientError } from '../errors/index.ts';
import type { OutgoingEvent } from '../messaging/events.ts';
import { fullJitterMs, iso } from '../time/index.ts';
import {
  absent,
  anyOf,
  atMost,
  type Change,
  check,
  equals,
  type Guard,
  merged,
  put,
  update,
  when,
} from './change.ts';
import { SupersededError, VersionConflictError } from './errors.ts';
import { holds } from './evaluate.ts';
import { historyChange, type Telltale } from './history.ts';
import { type Item, identityOf, type Key } from './item.ts';
import { ledgerChanges, type Posting, type PostingFacts } from './ledger.ts';
import { outboxChanges } from './outbox.ts';
import { ChangesRefused, type EffectStore, MAX_CHANGES, StoreBusy } from './store.ts';
import type { Surroundings } from './surroundings.ts';

export interface EffectsPorts extends Surroundings {
  readonly store: EffectStore;
}

/** What happens once. */
export interface Effect {
  /** Whose effect it is: the id of a payment, a booking, a consumer. */
  readonly owner: string;
  /** Which of the owner's effects: `hold`, an event id, a route with its idempotency key. */
  readonly name: string;
  /** For how many days it is remembered. @default for ever, as money needs it */
  readonly keepDays?: number;
  /** A hash of what was asked. Asked again with another one, the commit throws instead of answering. */
  readonly fingerprint?: string;
}

/** Who may act, and on which state of the owner's record. */
export interface Expects {
  readonly record: Key;
  /** The `version` that was read. Every commit with an expectation raises it by one. */
  readonly version?: number;
  /** The `actor` who is acting: the number of an execution, for one. */
  readonly actor?: string | number;
}

export interface Commit<A> {
  readonly effect: Effect;
  readonly expects?: Expects;
  /** Changes of one item are joined; together with all else at most 100 items. */
  readonly changes?: readonly Change[];
  readonly postings?: { readonly facts?: PostingFacts; readonly lines: readonly Posting[] };
  readonly events?: readonly OutgoingEvent[];
  /** A line in the history of a thing. */
  readonly history?: Telltale;
  /** Plain data. Whoever asks for the effect again gets it back. */
  readonly answer: A;
}

export interface Committed<A> {
  readonly answer: A;
  /** The effect had happened before, by another call; nothing was changed by this one. */
  readonly repeated: boolean;
}

export interface Effects {
  /**
   * Writes everything in one transaction, or nothing. An effect that happened already changes nothing and answers
   * what it answered then. Any number of callers may try at once, crash and come again.
   *
   * After a {@link TransientError} the effect may have happened; the same commit again finds out. After any other
   * error this call changed nothing, unless an earlier try of it timed out and is still on its way to the store:
   * what follows a refusal must therefore change the owner's version or actor, so that a late try is refused.
   *
   * @throws {IdempotencyKeyReusedError} the effect happened with another fingerprint
   * @throws {SupersededError} `expects.actor` may not act any more; the caller must stop
   * @throws {VersionConflictError} `expects.version` is no longer the version; read again and decide anew
   * @throws {HouseError} the error of the first guard that did not hold, in the order of `changes`
   * @throws {UnbalancedPostingsError} a defect of the caller, found before any write
   * @throws {TransientError} the store was busy or out of reach until the deadline; a retry helps
   * @throws {TypeError} a defect of the caller, found before any write: too many items, changes that contradict
   */
  commit<A>(commit: Commit<A>): Promise<Committed<A>>;
  /** The answer of an effect that happened, or `undefined`. */
  answerOf<A>(effect: Pick<Effect, 'owner' | 'name'>): Promise<A | undefined>;
}

/** Binds the primitive to a store and to the clock, chance and deadline of one call. Cheap: make one a call. */
export const effects = (ports: EffectsPorts): Effects => ({
  async commit<A>(commit: Commit<A>) {
    const prepared = prepare(commit, ports);
    for (let attempt = 0; ; attempt += 1) {
      const tried = await tryOnce(prepared, ports.store);
      if ('record' in tried) return settle<A>(tried.record, prepared);
      await pauseOrGiveUp(attempt, tried.obstacle, ports);
    }
  },
  async answerOf<A>(effect: Pick<Effect, 'owner' | 'name'>) {
    const record = await ports.store.get(keyOfEffect(effect));
    return isAlive(record, secondsOf(ports.now())) ? (record.answer as A) : undefined;
  },
});

interface Prepared {
  readonly record: Item & Key;
  readonly nowSeconds: number;
  /** Merged, the effect's record first. */
  readonly changes: readonly Change[];
  /** All guards in the order in which they are named, with the item that each one is about. */
  readonly guards: readonly { readonly identity: string; readonly guard: Guard }[];
}

const prepare = <A>(commit: Commit<A>, { now, ids }: EffectsPorts): Prepared => {
  const { effect, expects, changes = [], postings, events = [], history } = commit;
  const at = now();
  const by = ids();
  const posted = postings === undefined ? undefined : { ...postings, transaction: `transaction_${ids()}` };
  const nowSeconds = secondsOf(at);
  const record = put(
    keyOfEffect(effect),
    {
      answer: commit.answer as Item[string], // put() refuses what is not plain data
      by,
      at: iso(at),
      fingerprint: effect.fingerprint,
      expiresAt: effect.keepDays === undefined ? undefined : nowSeconds + Math.ceil(effect.keepDays * 86_400),
    },
    // Judged by the clock, because the table deletes what has expired only some time later.
    when(anyOf(absent(), atMost('expiresAt', nowSeconds)), () => new TransientError({ reason: 'repeated' })),
  );
  const asked = [record, ...(expects === undefined ? changes : expecting(expects, changes))];
  const all = merged([
    ...asked,
    ...(posted === undefined ? [] : ledgerChanges(posted.lines, { ...posted, owner: effect.owner, at })),
    ...(history === undefined ? [] : [historyChange(history, { at, by, posted, actor: expects?.actor })]),
    ...outboxChanges(events, at, ids),
  ]);
  if (all.length > MAX_CHANGES) {
    throw new TypeError(
      `${effect.owner} / ${effect.name}: ${all.length} items in one commit, at most 100 can be`,
    );
  }
  const guards = asked.flatMap(({ key, guards }) =>
    guards.map((guard) => ({ identity: identityOf(key), guard })),
  );
  return { record: recordOf(record), nowSeconds, changes: all, guards };
};

/** The changes with the expectation before them: its guards speak first, and the version is raised. */
const expecting = ({ record, version, actor }: Expects, changes: readonly Change[]): readonly Change[] => {
  const guards: Guard[] = [];
  if (actor !== undefined) {
    guards.push(
      when(
        equals('actor', actor),
        (found) => new SupersededError({ actor, current: numberOrText(found?.actor) }),
      ),
    );
  }
  if (version !== undefined) {
    guards.push(
      when(
        equals('version', version),
        (found) =>
          new VersionConflictError({
            expected: version,
            found: typeof found?.version === 'number' ? found.version : null,
          }),
      ),
    );
  }
  const [first, ...others] = guards;
  if (first === undefined) throw new TypeError('expects takes a version, an actor, or both');
  const isRecord = ({ key }: Change) => identityOf(key) === identityOf(record);
  const whole = changes.find(
    (change) => isRecord(change) && change.does !== 'update' && change.does !== 'check',
  );
  if (whole === undefined) return [update(record, { add: { version: 1 } }, ...guards), ...changes];
  // The caller replaces or erases the record itself, so its new version stands in the replacement.
  const raised = (change: Change): Change =>
    isRecord(change) && change.does === 'put' && version !== undefined
      ? { ...change, item: { ...change.item, version: version + 1 } }
      : change;
  return [check(record, first, ...others), ...changes.map(raised)];
};

const numberOrText = (value: Item[string]): string | number | null =>
  typeof value === 'string' || typeof value === 'number' ? value : null;

type Tried = { readonly record: Item } | { readonly obstacle: unknown };

/** One try: the record of the effect, by whomever it was written, or what stood in the way of knowing. */
const tryOnce = async (
  { record, changes, guards, nowSeconds }: Prepared,
  store: EffectStore,
): Promise<Tried> => {
  try {
    await store.transact(changes);
    return { record };
  } catch (caught) {
    if (caught instanceof StoreBusy) return { obstacle: caught };
    if (caught instanceof ChangesRefused) {
      const own = caught.refusals.find(({ index }) => index === 0);
      if (own?.found !== undefined) return { record: own.found };
      // While others write, one item may be seen before their commit and another one after it: look again.
      if (own !== undefined || caught.busy) return { obstacle: caught };
      throw namedError(caught, changes, guards);
    }
    if (!HouseError.from(caught).retryable) throw caught;
    // The answer is lost, so whether it was written is not known. Only the record can tell, and if it is not there
    // yet, the next try is conditioned on it like the first.
    const found = await store.get(record).catch(() => undefined);
    return isAlive(found, nowSeconds) ? { record: found } : { obstacle: caught };
  }
};

const namedError = (
  { refusals }: ChangesRefused,
  changes: Prepared['changes'],
  guards: Prepared['guards'],
): Error => {
  const refused = new Map(
    refusals.flatMap(({ index, found }) => {
      const change = changes[index];
      return change === undefined ? [] : [[identityOf(change.key), { found }] as const];
    }),
  );
  for (const { identity, guard } of guards) {
    const hit = refused.get(identity);
    if (hit !== undefined && !holds(guard.clause, hit.found)) return guard.orElse(hit.found);
  }
  return new TypeError('The store refused a change although every guard holds on the item that it found');
};

const settle = <A>(found: Item, { record }: Prepared): Committed<A> => {
  if (found.fingerprint !== record.fingerprint) throw new IdempotencyKeyReusedError({ key: record.sk });
  return { answer: found.answer as A, repeated: found.by !== record.by };
};

const PAUSES = { baseMs: 25, capMs: 1_000 };

const pauseOrGiveUp = async (attempt: number, cause: unknown, ports: EffectsPorts): Promise<void> => {
  const ms = fullJitterMs(attempt + 1, ports.chance, PAUSES);
  if (ms >= ports.deadline()) {
    throw new TransientError({ reason: 'the store was busy or out of reach until the deadline' }, { cause });
  }
  await ports.pause(ms);
};

/** The key of an effect's record. */
export const keyOfEffect = ({ owner, name }: Pick<Effect, 'owner' | 'name'>): Key => ({
  pk: `EFFECT#${owner}`,
  sk: name,
});

const recordOf = (change: Change): Item & Key => ({
  ...(change.does === 'put' ? change.item : {}),
  ...change.key,
});

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

const isAlive = (record: Item | undefined, nowSeconds: number): record is Item =>
  record !== undefined && !holds(atMost('expiresAt', nowSeconds), record);
