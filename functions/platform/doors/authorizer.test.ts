import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { ISSUER, type PublicJwk } from '../../identity/contract.ts';
import { keysFrom } from '../store/keys.ts';
import { type AuthorizerEvent, authorize } from './authorizer.ts';

const now = new Date('2026-11-24T10:00:00Z');
let token: string;
let jwk: PublicJwk;

beforeAll(async () => {
  const { privateKey, publicKey } = await generateKeyPair('ES256');
  jwk = { ...(await exportJWK(publicKey)), kid: 'k1', alg: 'ES256', use: 'sig' } as PublicJwk;
  const exp = now.getTime() / 1000 + 60;
  token = await new SignJWT({ iss: ISSUER, aud: 'paytm-saga', sub: 'user_1', roles: ['customer'], exp })
    .setProtectedHeader({ alg: 'ES256', kid: 'k1' })
    .sign(privateKey);
});

const asked = (change: Partial<AuthorizerEvent> = {}, read = async () => [jwk]) =>
  authorize({ keys: keysFrom({ read, now: () => 0 }), now: () => now })({
    methodArn: 'arn:aws:execute-api:ap-south-1:000000000000:paytm-saga/live/POST/payments',
    headers: { Authorization: `Bearer ${token}` },
    stageVariables: { system: 'paytm-saga' },
    ...change,
  });

describe('the authorizer', () => {
  it('lets a caller with a good token into the API, and tells the doors who it is', async () => {
    expect(await asked()).toMatchObject({
      principalId: 'user_1',
      context: { subject: 'user_1', roles: 'customer' },
    });
  });

  it.each([
    ['without a token', { headers: {} }],
    ['without headers', { headers: null }],
    ['with a token for another system', { stageVariables: { system: 'sandbox-bank' } }],
    ['with a made-up token', { headers: { authorization: 'Bearer a.b.c' } }],
  ])('answers a caller %s with exactly the word that API Gateway makes a 401', async (_, change) => {
    await expect(asked(change)).rejects.toThrow(/^Unauthorized$/);
  });

  it('says that it could not find out, when identity is out of reach: that is no 401', async () => {
    const broken = asked({}, () => Promise.reject(new Error('out of reach')));
    await expect(broken).rejects.toThrow('out of reach');
  });

  it('lets nobody into an API whose stage does not say whose it is', async () => {
    await expect(asked({ stageVariables: null })).rejects.toMatchObject({ name: 'UnexpectedError' });
  });
});
