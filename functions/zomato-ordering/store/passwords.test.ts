import { expect, it } from 'vitest';
import { scryptPasswords } from './passwords.ts';

it('a hash costs what it says, differs each time, and is matched by its password alone', async () => {
  const { hash, matches } = scryptPasswords();
  const [one, two] = await Promise.all([hash('password123'), hash('password123')]);
  expect(one).toMatch(/^scrypt\$65536\$8\$1\$[\w-]{22}\$[\w-]{43}$/);
  expect(one).not.toBe(two);
  expect(await matches('password123', one)).toBe(true);
  expect(await matches('password12', one)).toBe(false);
});

it('a hash of another cost is still matched, and one that is none is not', async () => {
  const cheap = scryptPasswords({ N: 2, r: 1, p: 1 });
  const kept = await cheap.hash('é password');
  // The same letters, written in two ways.
  expect(await cheap.matches('e\u0301 password', kept)).toBe(true);
  expect(await scryptPasswords({ N: 4, r: 1, p: 1 }).matches('é password', kept)).toBe(true);
  for (const none of [undefined, '', 'md5$x']) expect(await cheap.matches('', none)).toBe(false);
});
