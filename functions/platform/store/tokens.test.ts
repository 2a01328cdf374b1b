import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { ISSUER, type PublicJwk } from '../../identity/contract.ts';
import { COOL_DOWN_MS, KEEP_MS, keysFrom } from './keys.ts';
import { claimsOf } from './tokens.ts';

const now = new Date('2026-11-24T10:00:00Z');
const seconds = now.getTime() / 1000;

let pair: CryptoPair;
let other: CryptoPair;
type CryptoPair = Awaited<ReturnType<typeof generateKeyPair>> & { jwk: PublicJwk };

const makePair = async (kid: string): Promise<CryptoPair> => {
  const made = await generateKeyPair('ES256', { extractable: true });
  const jwk = { ...(await exportJWK(made.publicKey)), kid, alg: 'ES256', use: 'sig' } as PublicJwk;
  return { ...made, jwk };
};

beforeAll(async () => {
  [pair, other] = await Promise.all([makePair('k1'), makePair('k2')]);
});

const good = { iss: ISSUER, aud: 'paytm-saga', sub: 'user_1', roles: ['customer'], exp: seconds + 60 };

const signed = (claims: object, { by = pair, kid = 'k1', alg = 'ES256' } = {}) =>
  new SignJWT({ ...claims }).setProtectedHeader({ alg, kid }).sign(by.privateKey);

const verify = (token: string, audience = 'paytm-saga') =>
  claimsOf(token, {
    audience,
    keys: keysFrom({ read: async () => [pair.jwk], now: () => now.getTime() }),
    now: () => now,
  });

describe('a token', () => {
  it('is believed when identity signed it for this system and its time has not passed', async () => {
    expect(await verify(await signed(good))).toEqual({ sub: 'user_1', roles: ['customer'] });
  });

  it.each([
    ['for another system', { aud: 'sandbox-bank' }],
    ['of another issuer', { iss: 'somebody' }],
    ['whose time has passed', { exp: seconds - 6 }],
    ['without an end', { exp: undefined }],
    ['without a subject', { sub: undefined }],
    ['without roles', { roles: undefined }],
    ['with no role at all', { roles: [] }],
    ['whose time has not come', { nbf: seconds + 60 }],
  ])('%s is refused', async (_, change) => {
    await expect(verify(await signed({ ...good, ...change }))).rejects.toMatchObject({
      name: 'TokenRefused',
    });
  });

  it('signed by somebody else under the name of our key is refused', async () => {
    await expect(verify(await signed(good, { by: other }))).rejects.toMatchObject({ name: 'TokenRefused' });
  });

  it('of a key that nobody knows is refused', async () => {
    await expect(verify(await signed(good, { by: other, kid: 'k2' }))).rejects.toMatchObject({
      name: 'TokenRefused',
    });
  });

  it('that is signed by nobody, or is no token, is refused', async () => {
    const unsigned = `${base64({ alg: 'none', kid: 'k1' })}.${base64(good)}.`;
    for (const token of [unsigned, 'hello', 'a.b.c']) {
      await expect(verify(token)).rejects.toMatchObject({ name: 'TokenRefused' });
    }
  });

  it('cannot be judged while identity is out of reach: that is no refusal', async () => {
    const keys = keysFrom({ read: () => Promise.reject(new Error('out of reach')), now: () => 0 });
    const judged = claimsOf(await signed(good), { audience: 'paytm-saga', keys, now: () => now });
    await expect(judged).rejects.toThrow('out of reach');
  });
});

const base64 = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('the keys', () => {
  /** Identity with a clock: what it publishes, how often it was asked, and whether it answers. */
  const identity = () => {
    const state = { published: [pair.jwk], asked: 0, at: 0, out: false };
    const keys = keysFrom({
      read: async () => {
        state.asked += 1;
        if (state.out) throw new Error('out of reach');
        return state.published;
      },
      now: () => state.at,
    });
    return { state, keys };
  };

  it('are asked for once, by however many callers at once', async () => {
    const { state, keys } = identity();
    await Promise.all([keys('k1'), keys('k1'), keys('k1')]);
    await keys('k1');
    expect(state.asked).toBe(1);
  });

  it('are asked for again for an id that is not known, but not more often than the cool-down allows', async () => {
    const { state, keys } = identity();
    await keys('k1');
    state.published = [pair.jwk, other.jwk];
    expect(await keys('k2')).toBeUndefined();
    expect(state.asked).toBe(1);
    state.at = COOL_DOWN_MS;
    expect(await keys('k2')).toBeDefined();
    expect(state.asked).toBe(2);
  });

  it('are read anew after a while, and one that was withdrawn is not believed any more', async () => {
    const { state, keys } = identity();
    await keys('k1');
    state.published = [other.jwk];
    state.at = KEEP_MS - 1;
    expect(await keys('k1')).toBeDefined();
    state.at = KEEP_MS;
    expect(await keys('k1')).toBeUndefined();
  });

  it('stay in use while identity is out of reach', async () => {
    const { state, keys } = identity();
    await keys('k1');
    state.out = true;
    state.at = KEEP_MS;
    expect(await keys('k1')).toBeDefined();
  });
});
