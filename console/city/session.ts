/**
 * Who looks: a session that a one-time code opened. Its secret is drawn here and leaves the page only towards identity;
 * it is kept as long as the tab is, and told to other tabs of this page that ask for it.
 */
import { type ConsoleRole, sessionRoutes } from '../../functions/identity/contract.sessions.ts';
import { AskProblem } from './problem.ts';
import { send } from './send.ts';

export interface Session {
  readonly secret: string;
  readonly role: ConsoleRole;
  /** ISO 8601. */
  readonly endsAt: string;
}

const KEPT_AS = 'dabbawala-session';
const CHANNEL = 'dabbawala-sessions';
/** Another tab answers within milliseconds, or there is none. */
const OTHER_TABS_MS = 150;
/** A token is not used up to its last moment: the call takes time, and clocks differ. */
const SPARE_MS = 30_000;

let current: Session | undefined;
const tokens = new Map<string, Promise<{ readonly token: string; readonly until: number }>>();

/** The session of this tab, or of another one of this page. */
export const findSession = async (): Promise<Session | undefined> => {
  const kept = sessionStorage.getItem(KEPT_AS);
  current = alive(kept === null ? undefined : (JSON.parse(kept) as Session)) ?? alive(await ofOtherTabs());
  keep(current);
  return current;
};

/**
 * Opens a session with a one-time code.
 * @throws {AskProblem} 401: the code is used, too old, or none
 */
export const openSession = async (code: string): Promise<Session> => {
  const secret = drawSecret();
  const { role, endsAt } = await send('identity', sessionRoutes.openSession, { body: { code, secret } });
  current = { secret, role, endsAt };
  tokens.clear();
  keep(current);
  return current;
};

/** Signs out, in every tab. */
export const endSession = async (): Promise<void> => {
  const secret = current?.secret;
  forget();
  channel().postMessage({ kind: 'ended' });
  if (secret !== undefined) await send('identity', sessionRoutes.endSession, { body: { secret } });
};

/** Drops what identity no longer knows. */
export const forget = (): void => {
  current = undefined;
  tokens.clear();
  keep(undefined);
};

/**
 * A token for a system, made anew shortly before the last one ends.
 * @throws {AskProblem} 401: there is no session, or it has ended
 */
export const tokenFor = async (audience: string): Promise<string> => {
  const known = await tokens.get(audience)?.catch(() => undefined);
  if (known && known.until > Date.now()) return known.token;
  if (current === undefined)
    throw new AskProblem('Not signed in.', { status: 401, name: 'UnauthenticatedError' });
  const { secret } = current;
  const asked = send('identity', sessionRoutes.sessionToken, { body: { secret, audience } }).then(
    ({ accessToken, expiresInSeconds }) => ({
      token: accessToken,
      until: Date.now() + expiresInSeconds * 1_000 - SPARE_MS,
    }),
  );
  tokens.set(audience, asked);
  return (await asked).token;
};

/** Forgets a token that its system no longer takes: the city’s keys may be new. */
export const dropToken = (audience: string): void => {
  tokens.delete(audience);
};

/** Answers other tabs that ask for the session, and hears when one of them ends it. */
export const shareSession = (onEnded: () => void): (() => void) => {
  const tabs = channel();
  tabs.onmessage = ({ data }: MessageEvent<{ kind: string }>) => {
    if (data.kind === 'asked' && current !== undefined)
      tabs.postMessage({ kind: 'session', session: current });
    if (data.kind === 'ended') {
      forget();
      onEnded();
    }
  };
  return () => tabs.close();
};

const ofOtherTabs = (): Promise<Session | undefined> =>
  new Promise((resolve) => {
    const tabs = channel();
    const done = (session?: Session) => {
      tabs.close();
      resolve(session);
    };
    tabs.onmessage = ({ data }: MessageEvent<{ kind: string; session?: Session }>) => {
      if (data.kind === 'session') done(data.session);
    };
    tabs.postMessage({ kind: 'asked' });
    setTimeout(done, OTHER_TABS_MS);
  });

const channel = (): BroadcastChannel => new BroadcastChannel(CHANNEL);

const alive = (session: Session | undefined): Session | undefined =>
  session !== undefined && Date.parse(session.endsAt) > Date.now() ? session : undefined;

const keep = (session: Session | undefined): void => {
  if (session === undefined) sessionStorage.removeItem(KEPT_AS);
  else sessionStorage.setItem(KEPT_AS, JSON.stringify(session));
};

/** 256 bits in base64url. */
const drawSecret = (): string => {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
};
