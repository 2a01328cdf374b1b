import { describe, expect, it } from 'vitest';
import { memoryStore } from '../../../shared/effects/index.ts';
import { fixedClock } from '../../../shared/testing/index.ts';
import { CODE_SECONDS, SESSION_SECONDS } from '../contract.ts';
import { sessionsOn } from './session-ports.ts';

const secretOf = (letter: string) => letter.repeat(43);
const CODE = secretOf('c');
const refused = (reason: string) => ({ name: 'UnauthenticatedError', facts: { reason } });

const opened = () => {
  const start = fixedClock().now().getTime();
  let seconds = 0;
  const store = memoryStore();
  return {
    store,
    sessions: sessionsOn(store, () => new Date(start + seconds * 1_000)),
    later: (by: number) => {
      seconds += by;
    },
  };
};

describe('a code', () => {
  it('opens one session, of its role, for twelve hours', async () => {
    const { sessions } = opened();
    await sessions.allow(CODE, 'viewer');
    const session = await sessions.open(CODE, secretOf('s'));
    expect(session).toEqual({ role: 'viewer', endsAt: '2026-11-24T23:30:00.000Z' });
    expect(await sessions.roleOf(secretOf('s'))).toBe('viewer');
    // The page asks again, since it got no answer.
    expect(await sessions.open(CODE, secretOf('s'))).toEqual(session);
  });

  it('is used up: whoever has seen it gets no session of their own', async () => {
    const { sessions } = opened();
    await sessions.allow(CODE, 'operator');
    await sessions.open(CODE, secretOf('s'));
    await expect(sessions.open(CODE, secretOf('t'))).rejects.toMatchObject(refused('code'));
    await expect(sessions.roleOf(secretOf('t'))).rejects.toMatchObject(refused('session'));
  });

  it('lets one of two in who come at once', async () => {
    const { sessions } = opened();
    await sessions.allow(CODE, 'operator');
    const both = await Promise.allSettled(['s', 't'].map((letter) => sessions.open(CODE, secretOf(letter))));
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it.each([
    [CODE_SECONDS - 1, true],
    [CODE_SECONDS, false],
  ])('after %s seconds opens a session: %s', async (seconds, opens) => {
    const { sessions, later } = opened();
    await sessions.allow(CODE, 'operator');
    later(seconds);
    const session = sessions.open(CODE, secretOf('s'));
    if (opens) expect(await session).toMatchObject({ role: 'operator' });
    else await expect(session).rejects.toMatchObject(refused('code'));
  });

  it('that nobody made opens none', async () => {
    await expect(opened().sessions.open(CODE, secretOf('s'))).rejects.toMatchObject(refused('code'));
  });

  it('and a secret are not kept, only their hashes', async () => {
    const { sessions, store } = opened();
    await sessions.allow(CODE, 'operator');
    await sessions.open(CODE, secretOf('s'));
    const kept = JSON.stringify(store.all());
    expect(kept).toMatch(/SESSION#[0-9a-f]{64}/);
    expect(kept).not.toMatch(/c{43}|s{43}/);
  });
});

describe('a session', () => {
  const signedIn = async () => {
    const city = opened();
    await city.sessions.allow(CODE, 'operator');
    await city.sessions.open(CODE, secretOf('s'));
    return city;
  };

  it.each([
    [SESSION_SECONDS - 1, true],
    [SESSION_SECONDS, false],
  ])('after %s seconds gets tokens: %s', async (seconds, gets) => {
    const { sessions, later } = await signedIn();
    later(seconds);
    const role = sessions.roleOf(secretOf('s'));
    if (gets) expect(await role).toBe('operator');
    else await expect(role).rejects.toMatchObject(refused('session'));
  });

  it('that was ended gets none, however often it is ended', async () => {
    const { sessions } = await signedIn();
    await sessions.end(secretOf('s'));
    await sessions.end(secretOf('s'));
    await expect(sessions.roleOf(secretOf('s'))).rejects.toMatchObject(refused('session'));
  });

  it('that there never was ends without a word', async () => {
    await expect(opened().sessions.end(secretOf('s'))).resolves.toBeUndefined();
  });
});
