import { importJWK, jwtVerify, SignJWT } from 'jose';
import { describe, expect, it } from 'vitest';
import { type KeyVault, type SigningKey, signingKey } from './signing-key.ts';

/** A secret with the labels' compare-and-set; `onReplace` runs in the gap between reading and moving the label. */
const secret = (value = 'generated-by-the-stack') => {
  let current = { value, version: 'v0' };
  let versions = 0;
  let reads = 0;
  const vault: KeyVault = {
    async current() {
      reads += 1;
      return current;
    },
    async replace(next, found) {
      versions += 1;
      const version = `v${versions}`;
      if (found !== current.version) return false;
      current = { value: next, version };
      return true;
    },
  };
  return { vault, value: () => current.value, reads: () => reads };
};

const verifies = async (signer: SigningKey, reader: SigningKey) => {
  const token = await new SignJWT({ roles: ['customer'] })
    .setProtectedHeader({ alg: 'ES256', kid: signer.publicJwk.kid })
    .sign(signer.privateKey);
  const key = await importJWK(reader.publicJwk, 'ES256');
  return (await jwtVerify(token, key)).payload.roles;
};

describe('the signing key', () => {
  it('is made on first use, and read by everybody after', async () => {
    const { vault } = secret();
    const first = await signingKey(vault)();
    const second = await signingKey(vault)();
    expect(second.publicJwk).toEqual(first.publicJwk);
    expect(await verifies(first, second)).toEqual(['customer']);
  });

  it('is one, although two cold starts make one at once', async () => {
    const { vault } = secret();
    const [one, two] = await Promise.all([signingKey(vault)(), signingKey(vault)()]);
    expect(one.publicJwk.kid).toBe(two.publicJwk.kid);
    expect(await verifies(one, two)).toEqual(['customer']);
    expect(await verifies(two, one)).toEqual(['customer']);
  });

  it('publishes nothing of its private half', async () => {
    const { vault, value } = secret();
    const { publicJwk } = await signingKey(vault)();
    expect(Object.keys(publicJwk).sort()).toEqual(['alg', 'crv', 'kid', 'kty', 'use', 'x', 'y']);
    expect(JSON.parse(value())).toHaveProperty('d');
  });

  it('is read once in the life of a process', async () => {
    const { vault, reads } = secret();
    await signingKey(vault)();
    const key = signingKey(vault);
    const before = reads();
    await Promise.all([key(), key()]);
    await key();
    expect(reads() - before).toBe(1);
  });

  it('is tried again after the vault was out of reach', async () => {
    const { vault } = secret();
    let broken = true;
    const key = signingKey({
      ...vault,
      current: () => (broken ? Promise.reject(new Error('out of reach')) : vault.current()),
    });
    await expect(key()).rejects.toThrow('out of reach');
    broken = false;
    await expect(key()).resolves.toHaveProperty('publicJwk');
  });

  it('is a transient fault when what somebody put there is no key', async () => {
    const key = signingKey({
      current: async () => ({ value: 'still no key', version: 'v9' }),
      replace: async () => false,
    });
    await expect(key()).rejects.toMatchObject({ name: 'TransientError', retryable: true });
  });
});
