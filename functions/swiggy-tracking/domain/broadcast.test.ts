import { describe, expect, it } from 'vitest';
import { ORDER } from '../tracking.fixture.ts';
import { broadcast, type Pushed } from './broadcast.ts';

const frame = { type: 'item', order: ORDER, item: { kind: 'chat' } } as never;
const listeners = (count: number) => Array.from({ length: count }, (_, n) => ({ connection: `c${n}` }));

describe('a broadcast', () => {
  it('reaches everybody, forgets who is gone, and counts who missed it', async () => {
    const outcomes: { [connection: string]: Pushed } = { c1: 'gone', c2: 'missed', c4: 'gone' };
    const forgotten: string[] = [];
    const reached: string[] = [];
    const counted = await broadcast(
      {
        push: async (connection) => {
          reached.push(connection);
          return outcomes[connection] ?? 'sent';
        },
        connections: { forget: async (connection) => void forgotten.push(connection) },
      },
      listeners(6),
      () => frame,
    );
    expect(counted).toEqual({ sent: 3, gone: 2, missed: 1 });
    expect(reached.toSorted()).toEqual(['c0', 'c1', 'c2', 'c3', 'c4', 'c5']);
    expect(forgotten.toSorted()).toEqual(['c1', 'c4']);
  });

  it('lets a slow socket delay nobody, and has no more under way than it may', async () => {
    let under = 0;
    let most = 0;
    const done: string[] = [];
    let release: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => {
      release = resolve;
    });
    const whole = broadcast(
      {
        push: async (connection) => {
          under += 1;
          most = Math.max(most, under);
          await (connection === 'c0' ? slow : Promise.resolve());
          under -= 1;
          done.push(connection);
          return 'sent';
        },
        connections: { forget: async () => undefined },
      },
      listeners(100),
      () => frame,
    );
    for (let n = 0; n < 500; n += 1) await Promise.resolve();
    expect(done).toHaveLength(99);
    release();
    expect(await whole).toEqual({ sent: 100, gone: 0, missed: 0 });
    expect(most).toBeLessThanOrEqual(32);
  });
});
