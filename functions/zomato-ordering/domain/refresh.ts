/**
 * Refresh tokens that rotate. A token says which session it is of, the how-manieth of it, and proves both by an HMAC, so
 * that nothing of it is kept: the session knows only the number that counts. Who comes with the number before within
 * some seconds has lost our answer, and gets the same one again; who comes with an older one later shows that two have
 * the token, and the session ends (RFC 9700, section 4.14.2).
 */

/** From signing in, however often it is refreshed. */
export const SESSION_DAYS = 30;

/** So long an answer may be lost and asked for again. */
export const AGAIN_MS = 10_000;

export interface Session {
  readonly id: string;
  readonly user: string;
  /** The number of the token that counts. */
  readonly turn: number;
  readonly turnedAt: string;
  readonly endsAt: string;
  readonly endedAt?: string;
}

/** What comes of a token that was shown: the next turn, the same answer again, or the end of the session. */
export type Shown = 'turn' | 'again' | 'theft' | 'over';

export const shown = (session: Session, turn: number, now: Date): Shown => {
  if (session.endedAt !== undefined || Date.parse(session.endsAt) <= now.getTime()) return 'over';
  if (turn === session.turn) return 'turn';
  const isFresh = now.getTime() - Date.parse(session.turnedAt) <= AGAIN_MS;
  if (turn === session.turn - 1 && isFresh) return 'again';
  // A number that was never given out has a wrong proof, and does not come here.
  return 'theft';
};
