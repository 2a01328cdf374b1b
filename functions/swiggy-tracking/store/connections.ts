/**
 * Open connections, both ways: which orders and bookings a connection follows, and who follows one. Both are written in one
 * transaction and read consistently, so that whoever was told that they follow something is sent what comes next. A
 * connection lives two hours at most, and what is known of it ends with it.
 */
import {
  absent,
  type Effects,
  type Item,
  missing,
  present,
  put,
  update,
  VersionConflictError,
  when,
} from '../../../shared/effects/index.ts';
import { IdempotencyKeyReusedError, UnauthenticatedError } from '../../../shared/errors/index.ts';
import type { Session, Sessions } from '../../../shared/lambda/index.ts';
import type { Language } from '../../../shared/messages/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import type { ListenerRole } from '../contract.views.ts';
import { SubscriptionLimitError } from '../domain/errors.ts';
import { kindOf } from '../domain/followed.ts';
import type { Ticket } from '../domain/ticket.ts';
import { audienceKey, connectionKey } from './keys.ts';
import { type Changing, changing } from './registers.ts';

/** So many orders and bookings one connection follows at most, and so many connections one of them. */
export const MOST_ORDERS = 50;
export const MOST_LISTENERS = 100;

/** API Gateway ends every connection after two hours; some minutes more, so that none is forgotten that is still open. */
export const LIVES_SECONDS = 2 * 60 * 60 + 10 * 60;

/** Somebody who follows an order or a booking. */
export interface Listener {
  readonly connection: string;
  readonly subject: string;
  readonly role: ListenerRole;
  readonly language: Language;
}

export interface Connections extends Sessions {
  /**
   * Lets a connection in, and uses its ticket up.
   * @throws {UnauthenticatedError} the ticket was used by another one
   */
  open(connection: string, ticket: Ticket): Promise<void>;
  /**
   * Whoever follows already goes on following.
   * @throws {SubscriptionLimitError} a connection follows too much already, or too many connections follow this
   * @throws {UnauthenticatedError} the connection is not known any more
   */
  subscribe(session: Session, id: string): Promise<void>;
  unsubscribe(connection: string, id: string): Promise<void>;
  /** Forgets a connection that is gone; again it changes nothing. */
  forget(connection: string): Promise<void>;
  audienceOf(id: string): Promise<readonly Listener[]>;
}

export const connections = ({
  effects,
  now,
  ...ports
}: Changing & { readonly effects: Effects; readonly now: Now }): Connections => {
  const { store } = ports;
  const endOf = () => Math.floor(now().getTime() / 1000) + LIVES_SECONDS;
  const knownAs = async (connection: string): Promise<Known | undefined> => {
    const found = await store.get(connectionKey(connection));
    return found && found.goneAt === undefined ? (found as unknown as Known) : undefined; // written here alone
  };
  const leave = async (connection: string, id: string) => {
    await changing(ports, async () => {
      const found = await store.get(audienceKey(id));
      const follows = found && listenersIn(found)[connection] !== undefined;
      const left = update(audienceKey(id), { remove: [`listeners.${connection}`] }, isThere());
      return { changes: follows ? [left] : [], answer: undefined };
    });
  };
  return {
    async of(connection) {
      const found = await knownAs(connection);
      return found && { connection, subject: found.subject, role: found.role, language: found.language };
    },

    async open(connection, { id, subject, role, language }) {
      const item = { subject, role, language, orders: {}, openedAt: now().toISOString(), expiresAt: endOf() };
      try {
        await effects.commit({
          // The connection tells a second try of API Gateway's from somebody who has seen the ticket.
          effect: { owner: `ticket ${id}`, name: 'use', keepDays: 1, fingerprint: connection },
          changes: [put(connectionKey(connection), item)],
          answer: {},
        });
      } catch (error) {
        if (error instanceof IdempotencyKeyReusedError) {
          throw new UnauthenticatedError({ reason: 'ticket' }, { cause: error });
        }
        throw error;
      }
    },

    async subscribe({ connection, subject, role, language }, id) {
      await changing(ports, async () => {
        const [known, audience] = await Promise.all([knownAs(connection), store.get(audienceKey(id))]);
        if (known === undefined) throw new UnauthenticatedError({ reason: 'unknown_connection' });
        const listeners = audience ? listenersIn(audience) : {};
        if (known.orders[id] && listeners[connection]) return { changes: [], answer: undefined };
        refuseTooMany(Object.keys(known.orders).length, MOST_ORDERS, 'connection');
        refuseTooMany(Object.keys(listeners).length, MOST_LISTENERS, kindOf(id));
        const listener = { subject, role, language };
        const expiresAt = endOf();
        const changes = [
          update(connectionKey(connection), { set: { [`orders.${id}`]: true } }, isThere(), isOpen()),
          audience
            ? update(
                audienceKey(id),
                { set: { [`listeners.${connection}`]: listener, expiresAt } },
                isThere(),
              )
            : put(
                audienceKey(id),
                { listeners: { [connection]: listener }, expiresAt },
                when(absent(), conflict),
              ),
        ];
        return { changes, answer: undefined };
      });
    },

    async unsubscribe(connection, id) {
      await leave(connection, id);
      await changing(ports, async () => {
        const known = await knownAs(connection);
        const left = update(connectionKey(connection), { remove: [`orders.${id}`] }, isThere());
        return { changes: known?.orders[id] ? [left] : [], answer: undefined };
      });
    },

    async forget(connection) {
      const found = await store.get(connectionKey(connection));
      if (found === undefined) return;
      const { orders } = found as unknown as Known;
      if (found.goneAt === undefined) {
        const set = { goneAt: now().toISOString(), expiresAt: Math.floor(now().getTime() / 1000) };
        // From here on it can follow nothing more, so the list of what it follows is whole.
        await changing(ports, async () => ({
          changes: [update(connectionKey(connection), { set }, isThere())],
          answer: undefined,
        }));
      }
      const again = (await store.get(connectionKey(connection))) as unknown as Known | undefined;
      const followed = new Set([...Object.keys(orders), ...Object.keys(again?.orders ?? {})]);
      for (const id of followed) await leave(connection, id);
    },

    async audienceOf(id) {
      const found = await store.get(audienceKey(id));
      if (found === undefined) return [];
      return Object.entries(listenersIn(found)).map(([connection, listener]) => ({
        connection,
        ...listener,
      }));
    },
  };
};

/** A connection as it is kept. */
interface Known {
  readonly subject: string;
  readonly role: ListenerRole;
  readonly language: Language;
  /** By their ids; bookings too. */
  readonly orders: { readonly [id: string]: true };
}

const listenersIn = (audience: Item) =>
  audience.listeners as unknown as { readonly [connection: string]: Omit<Listener, 'connection'> }; // written here alone

const refuseTooMany = (count: number, limit: number, of: 'connection' | 'order' | 'booking'): void => {
  if (count >= limit) throw new SubscriptionLimitError({ limit, of });
};

/** Whoever is refused reads again and decides anew, so nobody reads the error. */
const conflict = () => new VersionConflictError({ expected: 0, found: null });
const isThere = () => when(present(), conflict);
const isOpen = () => when(missing('goneAt'), conflict);
