import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { memoryStore } from '../../../shared/effects/index.ts';
import { StoreBusy } from '../../../shared/effects/store.ts';
import type { Session } from '../../../shared/lambda/index.ts';
import { keptLines, type Lines } from '../../../shared/lambda/lambda.fixture.ts';
import { sequenceIds } from '../../../shared/testing/index.ts';
import { ORDER, RAHUL } from '../tracking.fixture.ts';
import { connectionsOn } from './connection-ports.ts';
import { pushOver } from './pushes.ts';
import { changing } from './registers.ts';

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
});
afterEach(() => vi.restoreAllMocks());

const quick = () => {
  const pauses: number[] = [];
  return { chance: () => 0.5, pauses, pause: async (ms: number) => void pauses.push(ms) };
};

describe('a push', () => {
  const frame = { type: 'position', order: ORDER } as never;
  const named = (name: string) => Object.assign(new Error('no'), { name });
  const over = (
    send: (command: { input: object }, options: { abortSignal: AbortSignal }) => Promise<unknown>,
  ) => pushOver({ send } as never, 20);

  it('is one frame to one connection', async () => {
    const sent: object[] = [];
    expect(await over(async ({ input }) => void sent.push(input))('c1=', frame)).toBe('sent');
    expect(sent).toEqual([{ ConnectionId: 'c1=', Data: JSON.stringify(frame) }]);
  });

  it('finds out who is gone, and is missed by whoever does not take it in time', async () => {
    expect(await over(() => Promise.reject(named('GoneException')))('c1=', frame)).toBe('gone');
    expect(await over(() => Promise.reject(named('LimitExceededException')))('c1=', frame)).toBe('missed');
    const never = over(
      (_, { abortSignal }) =>
        new Promise((_resolve, reject) => {
          abortSignal.addEventListener('abort', () => reject(abortSignal.reason as Error));
        }),
    );
    expect(await never('c1=', frame)).toBe('missed');
    expect(lines.facts().map(({ message }) => message)).toEqual(['a push was missed', 'a push was missed']);
  });
});

describe('what others write in between', () => {
  it('has a register read and decided again, until it is written or has been tried enough', async () => {
    const ports = quick();
    let refused = 3;
    let decided = 0;
    const store = {
      transact: async () => {
        refused -= 1;
        if (refused >= 0) throw new StoreBusy({ reason: 'TransactionConflict' });
      },
    } as never;
    const decide = async () => {
      decided += 1;
      return { changes: [{} as never], answer: decided };
    };
    expect(await changing({ ...ports, store }, decide)).toBe(4);
    expect(ports.pauses).toHaveLength(3);
    refused = 100;
    await expect(changing({ ...ports, store }, decide)).rejects.toMatchObject({ name: 'TransientError' });
    const broken = { transact: () => Promise.reject(new RangeError('x')) } as never;
    await expect(changing({ ...ports, store: broken }, decide)).rejects.toThrow(RangeError);
  });
});

it('a connection that ends while it begins to follow follows nothing', async () => {
  const store = memoryStore();
  const around = { ...quick(), now: () => new Date(), ids: sequenceIds(), deadline: () => 5_000 };
  const { connections } = connectionsOn(store, around);
  const ticket = { id: 't', subject: RAHUL, role: 'customer', language: 'en', until: 0 } as const;
  await connections.open('c1=', ticket);
  const session = (await connections.of('c1=')) as Session;
  let isOver = false;
  const racing = connectionsOn(
    {
      ...store,
      async transact(changes) {
        if (!isOver) {
          isOver = true;
          await connections.forget('c1=');
        }
        await store.transact(changes);
      },
    },
    around,
  );
  await expect(racing.connections.subscribe(session, ORDER)).rejects.toMatchObject({
    name: 'UnauthenticatedError',
  });
  expect(await connections.audienceOf(ORDER)).toEqual([]);
});
