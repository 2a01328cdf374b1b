import { createLocalJWKSet, decodeJwt, jwtVerify } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { ISSUER, routes, type TokenAnswer } from '../../../functions/identity/contract.ts';
import { client } from '../../../shared/http/index.ts';
import { openCity } from '../city.ts';
import { serviceOf } from '../service.ts';

const { city, run, stage } = openCity();
const baseUrl = city.systems.identity?.url ?? '';
const anybody = client({ baseUrl, peer: 'identity' }, routes);
const operator = stage.as(stage.operator, 'identity', routes);

/** What a verifier that knows nothing but the published keys makes of a token. */
const read = async (token: string, audience: string) => {
  const { keys } = (await anybody.jwks({})).body;
  return (await jwtVerify(token, createLocalJWKSet({ keys: [...keys] }), { issuer: ISSUER, audience }))
    .payload;
};

describe('a token that an operator has issued', () => {
  const subject = `user_${run}`;
  let issued: TokenAnswer;
  beforeAll(async () => {
    const body = { subject, roles: ['customer' as const], audience: 'paytm-saga' };
    issued = (await operator.issue({ body })).body;
  });

  it('is verified by the published keys, and is for its audience alone', async () => {
    expect(await read(issued.accessToken, 'paytm-saga')).toMatchObject({ sub: subject, roles: ['customer'] });
    await expect(read(issued.accessToken, 'sandbox-bank')).rejects.toMatchObject({ claim: 'aud' });
  });

  it('ends when it was said to', () => {
    const { iat = 0, exp = 0 } = decodeJwt(issued.accessToken);
    expect(exp - iat).toBe(issued.expiresInSeconds);
  });
});

describe('a token that a system has issued', () => {
  const system = stage.as(serviceOf('paytm-saga', city), 'identity', routes);
  const asked = { subject: `user_${run}`, roles: ['customer' as const], audience: 'paytm-saga' };

  it('is for a customer of its own, and for itself alone', async () => {
    const { accessToken } = (await system.issue({ body: asked })).body;
    const said = await read(accessToken, 'paytm-saga');
    expect(said).toMatchObject({ sub: asked.subject, roles: ['customer'] });
    for (const over of [{ audience: 'console' }, { roles: ['viewer' as const] }]) {
      const more = system.issue({ body: { ...asked, ...over } });
      await expect(more).rejects.toMatchObject({ name: 'ForbiddenError', status: 403 });
    }
  });
});

describe('a person in the console', () => {
  const secretOf = () => Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString('base64url');

  it('signs in once by a code, gets tokens, and none after signing out', async () => {
    const secret = secretOf();
    const { code } = (await operator.createCode({ body: { role: 'viewer' } })).body;
    const session = (await anybody.openSession({ body: { code, secret } })).body;
    expect(session.role).toBe('viewer');
    expect((await anybody.openSession({ body: { code, secret } })).body).toEqual(session);
    const other = anybody.openSession({ body: { code, secret: secretOf() } });
    await expect(other).rejects.toMatchObject({ name: 'UnauthenticatedError' });
    const { accessToken } = (await anybody.sessionToken({ body: { secret, audience: 'console' } })).body;
    expect(await read(accessToken, 'console')).toMatchObject({ sub: 'viewer', roles: ['viewer'] });
    await anybody.endSession({ body: { secret } });
    const ended = anybody.sessionToken({ body: { secret, audience: 'console' } });
    await expect(ended).rejects.toMatchObject({ name: 'UnauthenticatedError' });
  });

  it('has no code made by anybody but an operator', async () => {
    const viewer = stage.as(stage.subject(`user_${run}`, 'viewer'), 'identity', routes);
    const code = viewer.createCode({ body: { role: 'operator' } });
    await expect(code).rejects.toMatchObject({ name: 'ForbiddenError' });
  });
});

describe('a token is refused to', () => {
  it('a client with a wrong secret, whether there is such a client or not', async () => {
    for (const who of ['operator', 'nobody']) {
      const body = { client: who, secret: 'guessed', audience: 'identity' };
      await expect(anybody.token({ body })).rejects.toMatchObject({ name: 'UnauthenticatedError' });
    }
  });

  it('a customer who asks for one for somebody else', async () => {
    const customer = stage.as(stage.subject(`user_${run}`, 'customer'), 'identity', routes);
    const body = { subject: 'user_other', roles: ['customer' as const], audience: 'paytm-saga' };
    await expect(customer.issue({ body })).rejects.toMatchObject({ name: 'ForbiddenError' });
  });
});
