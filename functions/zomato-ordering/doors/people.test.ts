import { beforeEach, describe, expect, it, vi } from 'vitest';
import { routes } from '../contract.ts';
import { SESSION_DAYS } from '../domain/refresh.ts';
import { type asha, customer, LINK, type OpenOrdering, openOrdering, ravi } from '../ordering.fixture.ts';
import { scryptPasswords } from '../store/passwords.ts';
import { refreshTokens } from '../store/refresh-tokens.ts';
import { linkWallet } from './link-wallet.ts';
import { logIn } from './log-in.ts';
import { logOut } from './log-out.ts';
import { refreshSession } from './refresh-session.ts';
import { signUp } from './sign-up.ts';

// As cheap as scrypt goes: what it costs is looked at by itself.
const passwords = scryptPasswords({ N: 2, r: 1, p: 1 });
const rahul = {
  email: 'Rahul@Email.com',
  password: 'password123',
  name: 'Rahul Sharma',
  phone: '+91-9876543000',
};

let ordering: OpenOrdering;
let ports: ReturnType<typeof portsOf>;
const portsOf = (one: OpenOrdering) => ({
  ...one.accounts,
  passwords,
  refreshTokens: refreshTokens(async () => 'the secret of the test'),
  accessTokens: vi.fn(async (of: string) => ({ accessToken: `token of ${of}`, expiresInSeconds: 900 })),
});
beforeEach(async () => {
  ordering = await openOrdering();
  ports = portsOf(ordering);
  vi.spyOn(process.stdout, 'write').mockReturnValue(true);
});

const join = async (over: object = {}) =>
  (await signUp(ports)({ body: routes.signUp.request.body.parse({ ...rahul, ...over }) })).body;
const enter = async (over: object = {}) =>
  (
    await logIn(ports)({
      body: routes.logIn.request.body.parse({ email: rahul.email, password: rahul.password, ...over }),
    })
  ).body;
const turn = async (refreshToken: string) => (await refreshSession(ports)({ body: { refreshToken } })).body;

describe('signing up', () => {
  it('makes an account, which does not hold the password', async () => {
    const user = await join();
    expect(user).toEqual({
      ...{ id: expect.stringMatching(/^customer_/), email: 'rahul@email.com', name: 'Rahul Sharma' },
      ...{ phone: '+91-9876543000', walletLinked: false },
    });
    const kept = await ordering.accounts.people.user(user.id);
    expect(kept.passwordHash).toMatch(/^scrypt\$2\$1\$1\$/);
    expect(JSON.stringify(kept)).not.toContain('password123');
  });

  it('again with the same password is answered as the first time; with another it is somebody else', async () => {
    const { id } = await join();
    expect((await join({ email: 'RAHUL@email.com' })).id).toBe(id);
    await expect(join({ password: 'password124' })).rejects.toThrow('EmailTakenError');
  });

  it.each([
    ['password', { password: '1234567' }],
    ['email', { email: 'rahul' }],
    ['phone', { phone: '12345' }],
    ['name', { name: '  ' }],
  ])('takes no %s that is none', (field, over) => {
    const { error } = routes.signUp.request.body.safeParse({ ...rahul, ...over });
    expect(error?.issues.map(({ path }) => path)).toEqual([[field]]);
  });
});

describe('logging in', () => {
  it('needs the e-mail of the account and its password: the original took any e-mail', async () => {
    const { id } = await join();
    expect(await enter()).toMatchObject({
      accessToken: `token of ${id}`,
      expiresInSeconds: 900,
      user: { id },
    });
    for (const wrong of [{ email: 'other@email.com' }, { password: 'password12' }]) {
      await expect(enter(wrong)).rejects.toMatchObject({
        name: 'UnauthenticatedError',
        facts: { reason: 'email_or_password' },
      });
    }
  });

  it('opens no session when there is no token to be had', async () => {
    await join();
    ports.accessTokens.mockRejectedValueOnce(new Error('identity is away'));
    await expect(enter()).rejects.toThrow('identity is away');
  });
});

describe('a session', () => {
  it('goes on by refresh tokens, each for one use', async () => {
    await join();
    const first = await enter();
    const second = await turn(first.refreshToken);
    expect(second).toMatchObject({ endsAt: first.endsAt, user: first.user, accessToken: first.accessToken });
    expect(second.refreshToken).not.toBe(first.refreshToken);
    expect((await turn(second.refreshToken)).refreshToken).not.toBe(second.refreshToken);
  });

  it('answers a refresh whose answer was lost the same again, within ten seconds', async () => {
    await join();
    const { refreshToken } = await enter();
    const answer = await turn(refreshToken);
    ordering.clock.advance(10_000);
    expect((await turn(refreshToken)).refreshToken).toBe(answer.refreshToken);
    // It still goes on.
    await turn(answer.refreshToken);
  });

  it('ends for everybody when an old token is shown: two have it', async () => {
    await join();
    const { refreshToken } = await enter();
    const next = await turn(refreshToken);
    ordering.clock.advance(10_001);
    await expect(turn(refreshToken)).rejects.toThrow('UnauthenticatedError');
    await expect(turn(next.refreshToken)).rejects.toThrow('UnauthenticatedError');
  });

  it('ends when the one before the last is shown, however soon', async () => {
    await join();
    const first = await enter();
    const second = await turn(first.refreshToken);
    const third = await turn(second.refreshToken);
    await expect(turn(first.refreshToken)).rejects.toThrow('UnauthenticatedError');
    await expect(turn(third.refreshToken)).rejects.toThrow('UnauthenticatedError');
  });

  it('gives two at once with one token the same next one', async () => {
    await join();
    const { refreshToken } = await enter();
    const [one, two] = await Promise.all([turn(refreshToken), turn(refreshToken)]);
    expect(one.refreshToken).toBe(two.refreshToken);
  });

  it('is over after its days, and when it was ended', async () => {
    await join();
    const { refreshToken } = await enter();
    await logOut(ports)({ body: { refreshToken } });
    await logOut(ports)({ body: { refreshToken } });
    await expect(turn(refreshToken)).rejects.toThrow('UnauthenticatedError');
    const other = await enter();
    ordering.clock.advance(SESSION_DAYS * 86_400_000);
    await expect(turn(other.refreshToken)).rejects.toThrow('UnauthenticatedError');
  });

  it('takes no token that is not ours', async () => {
    await join();
    const { refreshToken } = await enter();
    const [session, , proof] = refreshToken.split('.');
    for (const forged of ['', 'x', `${session}.2.${proof}`, `${refreshToken.slice(0, -2)}xx`]) {
      await expect(turn(forged)).rejects.toThrow('UnauthenticatedError');
      expect(await logOut(ports)({ body: { refreshToken: forged } })).toEqual({ status: 204 });
    }
    const gone = await ports.refreshTokens.write('session_00000000-0000-7000-8000-00000000dead', 1);
    await expect(turn(gone)).rejects.toThrow('UnauthenticatedError');
    expect(await logOut(ports)({ body: { refreshToken: gone } })).toEqual({ status: 204 });
    await turn(refreshToken);
  });
});

describe('a wallet', () => {
  const link = (userId: typeof asha, caller = customer()) =>
    linkWallet(ports)({ path: { userId }, body: { link: LINK as never }, caller });

  it('is linked by whose account it is', async () => {
    expect((await link(ravi, customer(ravi))).body.walletLinked).toBe(true);
    await expect(link(ravi)).rejects.toThrow('ForbiddenError');
    const nobody = 'customer_00000000-0000-7000-8000-00000000dead' as typeof asha;
    await expect(link(nobody, customer(nobody))).rejects.toThrow('NotFoundError');
  });
});
