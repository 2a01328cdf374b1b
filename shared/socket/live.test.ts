import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeSocket, fakeLater, fakeSocket } from './live.fixture.ts';
import { type Live, type LiveOptions, live } from './live.ts';

let clock: ReturnType<typeof fakeLater>;
let sockets: FakeSocket[];
let happened: unknown[];
beforeEach(() => {
  clock = fakeLater();
  sockets = [];
  happened = [];
});

let ids = 0;
const newId = () => {
  ids += 1;
  return `m-${ids}`;
};
const opened = (over: Partial<LiveOptions> = {}): Live =>
  live({
    address: async () => `ws://${sockets.length}`,
    open: (address) => {
      const socket = fakeSocket(address);
      sockets.push(socket);
      return socket;
    },
    onFrame: (frame) => happened.push(frame),
    onOpen: () => happened.push('open'),
    onCut: () => happened.push('cut'),
    newId,
    chance: () => 0.5,
    later: clock.later,
    ...over,
  });
const newest = (): FakeSocket => sockets.at(-1) as FakeSocket;
const sentIds = (socket = newest()) => socket.sent.map(({ id }) => id);
const started = async (over?: Partial<LiveOptions>) => {
  const made = opened(over);
  await clock.pass(0);
  newest().opens();
  return made;
};

describe('a connection', () => {
  it('hands on what is no answer, and nothing that is no frame', async () => {
    await started();
    newest().says({ type: 'item', n: 1 });
    newest().says('no JSON');
    newest().says('5');
    newest().says({ type: 'ack', id: 'nobody asked', payload: {} });
    newest().says({ message: 'Internal server error', requestId: 'r' });
    expect(happened).toEqual([
      'open',
      { type: 'item', n: 1 },
      { message: 'Internal server error', requestId: 'r' },
    ]);
  });

  it.each(['close', 'error'] as const)(
    'that breaks off by %s is there again, by a new address',
    async (how) => {
      await started();
      newest().cuts(how);
      newest().cuts('close');
      await clock.pass(1_000);
      expect(sockets.map(({ address }) => address)).toEqual(['ws://0', 'ws://1']);
      newest().opens();
      expect(happened).toEqual(['open', 'cut', 'open']);
    },
  );

  it('is tried again when it does not open, each time later, and when there is no ticket', async () => {
    let asked = 0;
    opened({
      address: async () => {
        asked += 1;
        if (asked === 1) throw new Error('no ticket just now');
        return 'ws://x';
      },
    });
    await clock.pass(500);
    expect([asked, sockets.length]).toEqual([2, 1]);
    await clock.pass(11_000);
    expect(sockets.length).toBe(2);
    expect(sockets[0]?.isOver()).toBe(true);
    newest().cuts();
    await clock.pass(400);
    expect(sockets.length).toBe(2);
    await clock.pass(2_000);
    expect(sockets.length).toBe(3);
  });

  it('ends for good when it is refused for good', async () => {
    const refused = Object.assign(new Error('you may not'), { retryable: false });
    const made = opened({ address: () => Promise.reject(refused) });
    const answer = made.ask('hold', {});
    await expect(answer).rejects.toBe(refused);
    await clock.pass(60_000);
    expect(sockets).toEqual([]);
    await expect(made.ask('hold', {})).rejects.toMatchObject({ name: 'ConnectionClosedError' });
  });

  it('that is closed stays so, and answers nothing that is open', async () => {
    const made = await started();
    const answer = made.ask('hold', {});
    made.close();
    await expect(answer).rejects.toMatchObject({ name: 'ConnectionClosedError' });
    newest().cuts();
    await clock.pass(60_000);
    expect(sockets).toHaveLength(1);
  });
});

describe('a command', () => {
  it('is answered by its id, in whatever order', async () => {
    const made = await started();
    const [one, two] = [made.ask('hold', { n: 1 }), made.ask('hold', { n: 2 })];
    const [first, second] = sentIds();
    newest().says({ type: 'ack', id: second, payload: 'two' });
    newest().says({
      type: 'error',
      id: first,
      error: { name: 'SeatTakenError', status: 409, detail: 'Taken.', retryable: false, seat: '12' },
    });
    await expect(one).rejects.toMatchObject({
      name: 'SeatTakenError',
      facts: { seat: '12' },
      detail: 'Taken.',
    });
    expect(await two).toBe('two');
  });

  it('waits for the connection, and is sent again under its id over the next one', async () => {
    const made = opened();
    const answer = made.ask('hold', {});
    await clock.pass(0);
    newest().opens();
    const [id] = sentIds();
    newest().cuts();
    await clock.pass(1_000);
    newest().opens();
    expect(sentIds()).toEqual([id]);
    newest().says({ type: 'ack', id, payload: 7 });
    expect(await answer).toBe(7);
    newest().cuts();
    await clock.pass(1_000);
    newest().opens();
    expect(sentIds()).toEqual([]);
  });

  it('without an answer is sent once more, and then the connection is taken for dead', async () => {
    const made = await started();
    const answer = made.ask('hold', {});
    await clock.pass(10_000);
    expect(sentIds()).toHaveLength(2);
    await clock.pass(10_000);
    expect(sockets[0]?.isOver()).toBe(true);
    await clock.pass(1_000);
    expect(sockets).toHaveLength(2);
    newest().opens();
    const [id, ...again] = sentIds();
    expect(again).toEqual([]);
    newest().says({ type: 'ack', id, payload: 'held' });
    expect(await answer).toBe('held');
  });
});
