/**
 * The key pair that signs every token. It is made on first use and kept in one secret, readable by identity alone.
 *
 * Two cold starts at once must end up with one key, or tokens of the loser would verify nowhere. So a new key becomes
 * current only by moving the label AWSCURRENT away from the very version that was found there: Secrets Manager
 * refuses to move it from a version that does not have it any more. Whoever is refused reads again, like everybody.
 * (A fixed ClientRequestToken would do on AWS, which refuses a second value under the same token, but the emulator
 * overwrites it.)
 */
import { type CryptoKey, calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import * as z from 'zod';
import { TransientError } from '../../../shared/errors/index.ts';
import { PublicJwk } from '../contract.ts';
import type { Claims } from '../domain.ts';

/** The secret, as far as the key needs it. */
export interface KeyVault {
  /** What is current; a secret fresh from its stack holds something that is no key. */
  current(): Promise<{ readonly value: string; readonly version: string }>;
  /** Makes `value` current if `found` still is. False: somebody else was first. */
  replace(value: string, found: string): Promise<boolean>;
}

export interface SigningKey {
  readonly privateKey: CryptoKey;
  readonly publicJwk: PublicJwk;
}

const PrivateJwk = PublicJwk.extend({ d: z.string() });
type PrivateJwk = z.infer<typeof PrivateJwk>;

/**
 * The key, read at the first call and remembered while the process lives.
 *
 * @throws {TransientError} the secret holds no key although somebody has just put one there; a retry helps
 */
export const signingKey = (vault: KeyVault): (() => Promise<SigningKey>) => {
  let known: Promise<SigningKey> | undefined;
  return () => {
    known ??= load(vault).catch((error: unknown) => {
      known = undefined; // A failure is not remembered: the next call tries again.
      throw error;
    });
    return known;
  };
};

const load = async (vault: KeyVault): Promise<SigningKey> => {
  const found = await vault.current();
  const jwk = keyIn(found.value) ?? (await make(vault, found.version));
  const { d: _private, ...publicJwk } = jwk;
  const privateKey = await importJWK(jwk, 'ES256');
  if (privateKey instanceof Uint8Array) throw new TypeError('A P-256 key is no byte string');
  return { privateKey, publicJwk };
};

const make = async (vault: KeyVault, found: string): Promise<PrivateJwk> => {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const jwk = await exportJWK(privateKey);
  const kid = await calculateJwkThumbprint(jwk);
  await vault.replace(JSON.stringify({ ...jwk, kid, alg: 'ES256', use: 'sig' }), found);
  // Whoever was first: what counts is what stands there now.
  const settled = keyIn((await vault.current()).value);
  if (settled === undefined) throw new TransientError({ reason: 'signing_key_not_settled' });
  return settled;
};

/** The key in a secret's value; anything else there is the placeholder that the stack generated. */
const keyIn = (value: string): PrivateJwk | undefined => {
  try {
    return PrivateJwk.parse(JSON.parse(value));
  } catch {
    return undefined;
  }
};

/** The token that says `claims`, signed. */
export const sign = ({ privateKey, publicJwk }: SigningKey, claims: Claims): Promise<string> =>
  new SignJWT({ ...claims, roles: [...claims.roles] })
    .setProtectedHeader({ alg: 'ES256', kid: publicJwk.kid, typ: 'JWT' })
    .sign(privateKey);
