/** The public keys that tokens are verified with, read from identity and kept. */
import { type CryptoKey, importJWK } from 'jose';
import type { PublicJwk } from '../../identity/contract.ts';

/** Keys are read anew after so long, so that one that identity withdrew is not believed for ever. */
export const KEEP_MS = 10 * 60 * 1000;
/** A key that is not known asks identity at most so often: made-up tokens must not become a flood there. */
export const COOL_DOWN_MS = 10 * 1000;

export type KeyById = (kid: string) => Promise<CryptoKey | undefined>;

/**
 * Finds a key by its id. An unknown id makes it read identity's keys again: somebody may have a token of a new key.
 * While identity is out of reach, the keys that are known stay in use.
 *
 * @param read asks identity; what it throws passes on when there is no key to fall back on
 * @param now milliseconds
 */
export const keysFrom = ({
  read,
  now,
}: {
  read: () => Promise<readonly PublicJwk[]>;
  now: () => number;
}): KeyById => {
  let keys: ReadonlyMap<string, CryptoKey> = new Map();
  let readAt = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | undefined;

  const refresh = async (): Promise<void> => {
    const jwks = await read();
    keys = new Map(await Promise.all(jwks.map(imported)));
    readAt = now();
  };

  return async (kid) => {
    const known = keys.get(kid);
    const age = now() - readAt;
    if (known !== undefined && age < KEEP_MS) return known;
    if (known === undefined && age < COOL_DOWN_MS) return undefined;
    reading ??= refresh().finally(() => {
      reading = undefined;
    });
    try {
      await reading;
    } catch (error) {
      if (known === undefined) throw error;
    }
    return keys.get(kid);
  };
};

const imported = async (jwk: PublicJwk): Promise<readonly [string, CryptoKey]> => {
  const key = await importJWK({ ...jwk }, 'ES256');
  if (key instanceof Uint8Array) throw new TypeError('A P-256 key is no byte string');
  return [jwk.kid, key];
};
