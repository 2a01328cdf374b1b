/**
 * Codes and sessions, in a table of effects. What opens something is kept as its SHA-256 alone.
 *
 * | Item | pk | sk |
 * |---|---|---|
 * | code: for which role, until when | `CODE#<hash>` | `CODE` |
 * | session: of which role, until when, whether it was ended | `SESSION#<hash>` | `SESSION` |
 */
import {
  absent,
  type EffectStore,
  type Effects,
  type Item,
  type Key,
  present,
  put,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { IdempotencyKeyReusedError, UnauthenticatedError } from '../../../shared/errors/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { CODE_SECONDS, type ConsoleRole, SESSION_SECONDS, type SessionAnswer } from '../contract.ts';

export interface Sessions {
  /** Makes a code known. */
  allow(code: string, role: ConsoleRole): Promise<void>;
  /**
   * Uses a code up for the session of this secret; the same secret again is answered as the first time.
   * @throws {UnauthenticatedError} there is no such code (any more), or another secret used it
   */
  open(code: string, secret: string): Promise<SessionAnswer>;
  /** @throws {UnauthenticatedError} there is no such session, or it has ended */
  roleOf(secret: string): Promise<ConsoleRole>;
  /** Ends a session; one that there never was has ended too. */
  end(secret: string): Promise<void>;
}

export interface SessionsPorts {
  readonly store: EffectStore;
  readonly effects: Effects;
  readonly now: Now;
}

export const sessions = ({ store, effects, now }: SessionsPorts): Sessions => ({
  async allow(code, role) {
    const expiresAt = secondsOf(now()) + CODE_SECONDS;
    const key = await codeKey(code);
    await effects.commit({
      effect: { owner: key.pk, name: 'allow', keepDays: 1 },
      changes: [put(key, { role, expiresAt }, when(absent(), refused('code')))],
      answer: {},
    });
  },

  async open(code, secret) {
    const [key, session] = await Promise.all([codeKey(code), sessionKey(secret)]);
    const found = await store.get(key);
    if (!isAlive(found, now())) throw refused('code')();
    const role = found.role as ConsoleRole;
    const expiresAt = secondsOf(now()) + SESSION_SECONDS;
    try {
      const { answer } = await effects.commit<SessionAnswer>({
        // The secret's hash tells a second try of the same page from somebody who has seen the code.
        effect: { owner: key.pk, name: 'open', keepDays: 1, fingerprint: session.pk },
        changes: [put(session, { role, expiresAt }, when(absent(), refused('secret')))],
        answer: { role, endsAt: new Date(expiresAt * 1000).toISOString() },
      });
      return answer;
    } catch (error) {
      if (error instanceof IdempotencyKeyReusedError) throw refused('code', error)();
      throw error;
    }
  },

  async roleOf(secret) {
    const found = await store.get(await sessionKey(secret));
    if (!isAlive(found, now()) || found.endedAt !== undefined) throw refused('session')();
    return found.role as ConsoleRole;
  },

  async end(secret) {
    const key = await sessionKey(secret);
    if (!(await store.get(key))) return;
    await effects.commit({
      effect: { owner: key.pk, name: 'end', keepDays: 1 },
      changes: [update(key, { set: { endedAt: now().toISOString() } }, when(present(), refused('session')))],
      answer: {},
    });
  },
});

const secondsOf = (at: Date): number => Math.floor(at.getTime() / 1000);

const isAlive = (item: Item | undefined, now: Date): item is Item =>
  item !== undefined && Number(item.expiresAt) > secondsOf(now);

/** Whoever guesses is not told what was wrong. */
const refused = (reason: string, cause?: Error) => () =>
  new UnauthenticatedError({ reason }, cause === undefined ? {} : { cause });

const hashOf = async (secret: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))).toString('hex');
const codeKey = async (code: string): Promise<Key> => ({ pk: `CODE#${await hashOf(code)}`, sk: 'CODE' });
const sessionKey = async (secret: string): Promise<Key> => ({
  pk: `SESSION#${await hashOf(secret)}`,
  sk: 'SESSION',
});
