import { afterAll, expect, it } from 'vitest';
import { hear } from './driver.ts';
import { type Room, wsHouse } from './rooms.ts';

const house = wsHouse();
afterAll(async () => (await house).remove());

const SIZE = { rounds: 1, held: 6, followers: 4, singles: 2, burst: 4 };
let worked = 0;
const workedMs = () => {
  worked += 32;
  return worked;
};

it('opens all, has all that is said heard by all, and tells how long each waited', async () => {
  const heard = await hear(await (await house).room(), SIZE, workedMs);
  expect(heard).toMatchObject({ open: 6, missed: 0, emulatorMs: 2 });
  expect(heard.fromSaid).toHaveLength(8);
  expect(heard.fromAccepted).toHaveLength(8);
  for (const [nth, ms] of heard.fromAccepted.entries())
    expect(ms).toBeLessThanOrEqual(heard.fromSaid[nth] ?? 0);
  expect(heard.pushed).toBeGreaterThan(0);
});

it('counts what somebody did not hear, and a connection that is lost', async () => {
  const room = await (await house).room();
  const lossy: Room = {
    ...room,
    // One leaves as soon as it is there.
    async follow(connection, nth) {
      if (nth === 3) connection.close();
    },
  };
  const heard = await hear(lossy, { ...SIZE, withinMs: 50 }, workedMs);
  expect(heard).toMatchObject({ open: 5, missed: 6 });
});

it('ends where nobody lets it in', async () => {
  const room = await (await house).room();
  const closed = { ...room, address: async () => 'ws://127.0.0.1:1' };
  await expect(hear(closed, SIZE, workedMs)).rejects.toThrow(/ECONNREFUSED/);
});
