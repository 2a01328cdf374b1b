import { expect, it } from 'vitest';
import { together } from './together.ts';

it('does everything once, as many at a time as was said, and answers in order', async () => {
  let [now, most] = [0, 0];
  const done = await together(10, 3, async (number) => {
    now += 1;
    most = Math.max(most, now);
    // The first of each three ends last.
    for (let turns = 3 - (number % 3); turns > 0; turns -= 1) await Promise.resolve();
    now -= 1;
    return number * 2;
  });
  expect(done).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
  expect(most).toBe(3);
});

it('gives each client its own number, and no more clients than there is work', async () => {
  expect(await together(2, 20, async (_, client) => client)).toEqual([0, 1]);
});
