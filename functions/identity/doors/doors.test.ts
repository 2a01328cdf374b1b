import { createLocalJWKSet, jwtVerify } from 'jose';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../shared/effects/index.ts';
import { fixedClock } from '../../../shared/testing/index.ts';
import { ISSUER, IssueRequest, TokenRequest } from '../contract.ts';
import type { TokenPorts } from '../store/ports.ts';
import { type SessionTokenPorts, sessionsOn } from '../store/session-ports.ts';
import { signingKey } from '../store/signing-key.ts';
import { createCode } from './create-code.ts';
import { endSession } from './end-session.ts';
import { issue } from './issue.ts';
import { jwks } from './jwks.ts';
import { openSession } from './open-session.ts';
import { sessionToken } from './session-token.ts';
import { token } from './token.ts';

const { now } = fixedClock();
const operator = { subject: 'operator', roles: ['operator'] };

let ports: TokenPorts;
beforeEach(() => {
  let value = '';
  ports = {
    key: signingKey({
      current: async () => ({ value, version: 'v' }),
      replace: async (next) => {
        value = next;
        return true;
      },
    }),
    now,
    knows: async (client, secret) => client === 'paytm-saga' && secret === 'right',
  };
});

/** What a verifier that knows nothing but the published keys makes of a token. */
const read = async (accessToken: string, audience: string) => {
  const { body } = await jwks(ports)();
  const keys = createLocalJWKSet({ keys: [...body.keys] });
  const { payload } = await jwtVerify(accessToken, keys, { issuer: ISSUER, audience, currentDate: now() });
  return payload;
};

const exchange = (body: TokenRequest) => token(ports)({ body } as never);

describe('POST /token', () => {
  const right = { client: 'paytm-saga', secret: 'right', audience: 'sandbox-bank' };

  it('exchanges the secret of a system for a token that the published key verifies', async () => {
    const { body } = await exchange(right);
    expect(body.expiresInSeconds).toBe(300);
    expect(await read(body.accessToken, 'sandbox-bank')).toMatchObject({
      sub: 'service:paytm-saga',
      roles: ['service'],
    });
  });

  it.each([
    ['a wrong secret', { secret: 'wrong' }],
    ['a client that does not exist', { client: 'nobody' }],
  ])('answers %s with one and the same refusal, and writes no secret down', async (_, change) => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await expect(exchange({ ...right, ...change })).rejects.toMatchObject({
      name: 'UnauthenticatedError',
      facts: { reason: 'client_or_secret' },
    });
    const written = out.mock.calls.join('');
    out.mockRestore();
    expect(written).toContain('client refused');
    expect(written).not.toMatch(/right|wrong/);
  });

  it('takes nothing but what the contract says', () => {
    expect(TokenRequest.safeParse({ ...right, roles: ['operator'] }).success).toBe(false);
    expect(TokenRequest.safeParse({ ...right, client: '../operator' }).success).toBe(false);
  });
});

describe('POST /tokens', () => {
  const body = { subject: 'user_1', roles: ['customer' as const], audience: 'paytm-saga' };

  it('issues a token for a subject, and says in the log whose it is and by whom, but not the token', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const answer = await issue(ports)({ body, caller: operator } as never);
    const written = out.mock.calls.join('');
    out.mockRestore();
    expect(await read(answer.body.accessToken, 'paytm-saga')).toMatchObject({
      sub: 'user_1',
      roles: ['customer'],
    });
    expect(JSON.parse(written)).toMatchObject({ subject: 'user_1', audience: 'paytm-saga', by: 'operator' });
    expect(written).not.toContain(answer.body.accessToken);
  });

  it('issues one for a system’s own customer at its word, which the log says, and none for another system', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    const caller = { subject: 'service:paytm-saga', roles: ['service'] };
    const answer = await issue(ports)({ body, caller } as never);
    const written = out.mock.calls.join('');
    expect(await read(answer.body.accessToken, 'paytm-saga')).toMatchObject({ sub: 'user_1' });
    expect(JSON.parse(written)).toMatchObject({ subject: 'user_1', by: 'service:paytm-saga' });
    const elsewhere = issue(ports)({ body: { ...body, audience: 'sandbox-bank' }, caller } as never);
    await expect(elsewhere).rejects.toMatchObject({ name: 'ForbiddenError' });
    expect(out.mock.calls.join('')).toBe(written);
    out.mockRestore();
  });

  it('issues no operator and no service', () => {
    for (const role of ['operator', 'service']) {
      expect(IssueRequest.safeParse({ ...body, roles: [role] }).success).toBe(false);
    }
    expect(IssueRequest.safeParse({ ...body, subject: 'service:paytm-saga' }).success).toBe(false);
  });
});

describe('a person in the console', () => {
  const secret = 's'.repeat(43);
  const signIn = async (role: 'operator' | 'viewer') => {
    const sessions = sessionsOn(memoryStore(), now);
    const unguessable = () => 'c'.repeat(43);
    const made = await createCode({ sessions, unguessable })({ body: { role }, caller: operator } as never);
    const { body } = await openSession({ sessions })({ body: { code: made.body.code, secret } } as never);
    return { sessions, session: body };
  };
  const ask = (sessions: SessionTokenPorts['sessions'], audience: string) =>
    sessionToken({ ...ports, sessions })({ body: { secret, audience } } as never);

  it.each(['operator', 'viewer'] as const)(
    'signs in by a code as %s, and gets tokens for one system',
    async (role) => {
      const { sessions, session } = await signIn(role);
      expect(session.role).toBe(role);
      const { body } = await ask(sessions, 'paytm-saga');
      expect(body.expiresInSeconds).toBe(300);
      expect(await read(body.accessToken, 'paytm-saga')).toMatchObject({ sub: role, roles: [role] });
      await expect(read(body.accessToken, 'console')).rejects.toMatchObject({ claim: 'aud' });
    },
  );

  it('signs out, and gets none any more', async () => {
    const { sessions } = await signIn('operator');
    expect(await endSession({ sessions })({ body: { secret } } as never)).toEqual({ status: 204 });
    await expect(ask(sessions, 'console')).rejects.toMatchObject({ name: 'UnauthenticatedError' });
  });

  it('leaves no code and no secret in the log', async () => {
    const out = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    await signIn('operator');
    const said = out.mock.calls.map(([line]) => String(line)).join('');
    expect(said).toContain('made a code for the console');
    expect(said).not.toMatch(/c{43}|s{43}/);
  });
});
