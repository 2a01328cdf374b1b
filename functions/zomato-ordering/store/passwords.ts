import { randomBytes, type ScryptOptions, scrypt, timingSafeEqual } from 'node:crypto';
import type { Passwords } from '../domain/ports.ts';

/**
 * scrypt as OWASP's Password Storage Cheat Sheet has it where Argon2id is not at hand: 64 MB and about a quarter of a second
 * for each guess. The cost stands in each hash, so that it can rise without anybody having to change a password.
 */
const COST = { N: 2 ** 16, r: 8, p: 1 } as const;
const BYTES = 32;

const derived = (password: string, salt: Buffer, { N, r, p }: ScryptOptions): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    // The default bound on memory is less than these parameters need.
    scrypt(
      password.normalize('NFKC'),
      salt,
      BYTES,
      { N: N as number, r: r as number, p: p as number, maxmem: 256 * 1024 * 1024 },
      (error, key) => (error ? reject(error) : resolve(key)),
    );
  });

const SHAPE = /^scrypt\$(\d+)\$(\d+)\$(\d+)\$([\w-]+)\$([\w-]+)$/;

/** `scrypt$<N>$<r>$<p>$<salt>$<key>`, both in base64url. */
const written = ({ N, r, p }: typeof COST, salt: Buffer, key: Buffer): string =>
  ['scrypt', N, r, p, salt.toString('base64url'), key.toString('base64url')].join('$');

/** @param cost lower in tests of what is around it, which would wait for nothing */
export const scryptPasswords = (
  cost: { readonly N: number; readonly r: number; readonly p: number } = COST,
): Passwords => ({
  async hash(password) {
    const salt = randomBytes(16);
    return written(cost as typeof COST, salt, await derived(password, salt, cost));
  },

  async matches(password, hash) {
    const [, N, r, p, salt, key] = SHAPE.exec(hash ?? '') ?? [];
    if (salt === undefined || key === undefined) {
      // As long as with a hash: who measures learns not whether there is an account.
      await derived(password, Buffer.alloc(16), cost);
      return false;
    }
    const found = await derived(password, Buffer.from(salt, 'base64url'), {
      N: Number(N),
      r: Number(r),
      p: Number(p),
    });
    return timingSafeEqual(found, Buffer.from(key, 'base64url'));
  },
});

export const passwordPorts = (): { readonly passwords: Passwords } => ({ passwords: scryptPasswords() });
