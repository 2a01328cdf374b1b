import {
  absent,
  type EffectStore,
  type Effects,
  equals,
  type Item,
  missing,
  present,
  put,
  SupersededError,
  update,
  when,
} from '../../../shared/effects/index.ts';
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import type { CustomerId } from '../contract.views.ts';
import { EmailTakenError } from '../domain/errors.ts';
import type { People, Sessions, User } from '../domain/ports.ts';
import { SESSION_DAYS, type Session } from '../domain/refresh.ts';
import { emailKey, sessionKey, userKey } from './keys.ts';

export const people = (store: EffectStore, { commit }: Effects, ids: Ids): People => {
  const user = async (id: CustomerId): Promise<User> => {
    const item = await store.get(userKey(id));
    if (!item) throw new NotFoundError({ what: 'user', id });
    return userIn(item);
  };
  return {
    user,

    async byEmail(email) {
      const alias = await store.get(emailKey(email));
      return alias && user(alias.user as CustomerId);
    },

    async register(one) {
      try {
        await commit({
          effect: { owner: `user:${one.id}`, name: 'register' },
          changes: [
            put(
              emailKey(one.email),
              { user: one.id },
              when(absent(), () => new EmailTakenError({})),
            ),
            put(
              userKey(one.id),
              { ...one } as unknown as Item,
              when(absent(), () => new EmailTakenError({})),
            ),
          ],
          answer: null,
        });
        return true;
      } catch (error) {
        if (error instanceof EmailTakenError) return false;
        throw error;
      }
    },

    async link(id, link) {
      const known = when(present(), () => new NotFoundError({ what: 'user', id }));
      await commit({
        effect: { owner: `user:${id}`, name: `link:${ids()}`, keepDays: 1 },
        changes: [update(userKey(id), { set: { link } }, known)],
        answer: null,
      });
      return user(id);
    },
  };
};

/** Ours alone: written by `register` and `link` only. */
const userIn = ({ pk, sk, ...user }: Item): User => user as unknown as User;

/** A session that is over is of use to whoever looks for a theft, for some days more. */
const KEEP_DAYS = SESSION_DAYS + 7;

export const sessions = (store: EffectStore, { commit }: Effects): Sessions => ({
  async open(session) {
    const expiresAt = Math.floor(Date.parse(session.turnedAt) / 1000) + KEEP_DAYS * 86_400;
    await commit({
      effect: { owner: `session:${session.id}`, name: 'open', keepDays: KEEP_DAYS },
      changes: [put(sessionKey(session.id), { ...session, expiresAt } as unknown as Item)],
      answer: null,
    });
  },

  async find(id) {
    const item = await store.get(sessionKey(id));
    if (!item) return undefined;
    const { pk, sk, expiresAt, ...session } = item;
    return session as unknown as Session;
  },

  async turn(id, from, at) {
    const moved = () => new SupersededError({ actor: from, current: null });
    try {
      const { repeated } = await commit({
        effect: { owner: `session:${id}`, name: `turn:${from}`, keepDays: KEEP_DAYS },
        changes: [
          update(
            sessionKey(id),
            { set: { turn: from + 1, turnedAt: at } },
            when(equals('turn', from), moved),
            when(missing('endedAt'), moved),
          ),
        ],
        answer: null,
      });
      return !repeated;
    } catch (error) {
      if (error instanceof SupersededError) return false;
      throw error;
    }
  },

  async end(id, at) {
    await commit({
      effect: { owner: `session:${id}`, name: 'end', keepDays: KEEP_DAYS },
      changes: [
        update(
          sessionKey(id),
          { set: { endedAt: at } },
          when(present(), () => new NotFoundError({ what: 'session', id })),
        ),
      ],
      answer: null,
    });
  },
});
