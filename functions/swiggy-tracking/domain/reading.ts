/** Reads a log for whoever has no WebSocket, and waits for what comes. */
import { NotFoundError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import type { Now, Pause } from '../../../shared/time/index.ts';
import { type BookingLogPage, ListenerRole, type LogPage } from '../contract.views.ts';
import { isOf, type Reader } from './access.ts';
import { among, type FollowedId, kindOf, type Tracked } from './followed.ts';
import { pageOf, type StandingPorts } from './standing.ts';
import type { Say } from './views.ts';

/** So often somebody who waits looks. */
const LOOK_EVERY_MS = 500;

interface Finds {
  find(id: string): Promise<{ readonly tracked: Tracked } | undefined>;
}

export interface ReadingPorts extends StandingPorts {
  readonly orders: StandingPorts['orders'] & Finds;
  readonly bookings: StandingPorts['bookings'] & Finds;
  readonly now: Now;
  readonly pause: Pause;
}

export interface Asking {
  readonly query: { readonly from: number; readonly wait: number };
  readonly caller: Caller;
  readonly say: Say;
}

/**
 * The log after `from`; where nothing stands there yet, what comes within `wait` seconds.
 * @throws {NotFoundError} there is no such thing, or it is none of the caller's: they cannot tell the two apart
 */
export const read = async (
  ports: ReadingPorts,
  id: FollowedId,
  { query: { from, wait }, caller, say }: Asking,
): Promise<LogPage | BookingLogPage> => {
  const until = ports.now().getTime() + wait * 1000;
  const look = async () => {
    const tracked = (await among(ports, id).find(id))?.tracked;
    const reader = readersOf(caller).find((one) => tracked && isOf(tracked, one));
    if (!tracked || !reader) throw new NotFoundError({ what: kindOf(id), id });
    return { tracked, reader };
  };
  let seen = await look();
  while (seen.tracked.head <= from && ports.now().getTime() < until) {
    await ports.pause(LOOK_EVERY_MS);
    seen = await look();
  }
  return pageOf(ports, seen.tracked, { from, reader: seen.reader, say });
};

/** As what a caller may look: first as what sees most. */
const readersOf = ({ subject, roles }: Caller): readonly Reader[] =>
  ListenerRole.options.filter((role) => roles.includes(role)).map((role) => ({ subject, role }));
