import { fc, test as property } from '@fast-check/vitest';
import { beforeEach, describe, expect, it } from 'vitest';
import { type FakeSocket, fakeLater, fakeSocket } from '../../shared/socket/live.fixture.ts';
import { BOOKING } from './booking.fixture.ts';
import { type Tracking, trackingClient } from './contract.client.ts';
import type { BookingItem, LogItem, PositionView } from './contract.views.ts';
import { ORDER, orderId } from './tracking.fixture.ts';

const PAGE = 3;
const item = (sequence: number): LogItem => ({
  ...{ kind: 'chat', sequence, at: '2026-11-24T11:30:00.000Z', from: 'rider' },
  ...{ text: `item ${sequence}`, clientMessageId: `m-${sequence}` },
});
const line = (sequence: number): BookingItem => ({
  ...{ kind: 'booking', sequence, at: '2026-11-24T11:30:00.000Z', text: `line ${sequence}` },
  ...{ version: 2 * sequence, state: 'WAITLISTED', passengers: [{ passenger: 1, status: 'GNWL 1' }] },
});
/** A log of each kind: what it is of, as the protocol has it, how a page of it begins, and an item. */
const LOGS = {
  order: {
    which: { order: ORDER },
    stands: { state: 'PREPARING', estimatedDelivery: '2026-11-24T11:45:00.000Z' },
    item,
  },
  booking: { which: { booking: BOOKING }, stands: { state: 'WAITLISTED', passengers: [] }, item: line },
} as const;
type Kind = keyof typeof LOGS;
const view = (seconds: number, rider = 'rider_ravi'): PositionView => ({
  ...{ latitude: 19, longitude: 72.8, rider },
  at: new Date(Date.parse('2026-11-24T11:30:00.000Z') + seconds * 1000).toISOString(),
});

/** A server with the log of one order or booking, and the connections that follow it. */
const serverWith = (clock: ReturnType<typeof fakeLater>, kind: Kind = 'order') => {
  const { which, stands, item: made } = LOGS[kind];
  let head = 0;
  let follows = new Set<FakeSocket>();
  const sockets: FakeSocket[] = [];
  const page = (from: number) => {
    const items = Array.from({ length: Math.max(0, Math.min(PAGE, head - from)) }, (_, n) =>
      made(from + n + 1),
    );
    const upTo = items.at(-1)?.sequence ?? from;
    return { ...which, ...stands, head, items, upTo, more: upTo < head };
  };
  const answers = (socket: FakeSocket) => {
    const { type, id, payload } = socket.sent.at(-1) ?? { type: '', id: '', payload: {} as never };
    const { order, booking, from } = payload as { order?: string; booking?: string; from: number };
    clock.later(5, () => {
      const isOurs = JSON.stringify({ order, booking }) === JSON.stringify({ ...which });
      if (type === 'subscribe' && isOurs) {
        follows.add(socket);
        socket.says({ type: 'ack', id, payload: page(from) });
      } else if (type === 'subscribe') {
        const error = { name: 'NotFoundError', status: 404, detail: 'None.', retryable: false };
        socket.says({ type: 'error', id, error });
      } else
        socket.says({ type: 'ack', id, payload: { order, sequence: 1, at: '2026-11-24T11:30:00.000Z' } });
    });
  };
  return {
    sockets,
    open: (address: string) => {
      const socket = fakeSocket(address, answers);
      sockets.push(socket);
      clock.later(5, () => socket.opens());
      return socket;
    },
    /** Something new: to each follower it comes once, twice, later than the next one, or not at all. */
    appends(comes: 'once' | 'twice' | 'late' | 'never' = 'once') {
      head += 1;
      const frame = { type: 'item', ...which, item: made(head) };
      for (const socket of follows) {
        if (comes === 'once' || comes === 'twice') socket.says(frame);
        if (comes === 'twice') clock.later(40, () => socket.says(frame));
        if (comes === 'late') clock.later(120, () => socket.says(frame));
      }
    },
    moves: (position: PositionView) => {
      for (const socket of follows) socket.says({ type: 'position', order: ORDER, position });
    },
    cuts(how: 'close' | 'error' = 'close') {
      follows = new Set();
      sockets.at(-1)?.cuts(how);
    },
    head: () => head,
  };
};

let clock: ReturnType<typeof fakeLater>;
let server: ReturnType<typeof serverWith>;
let had: number[];
let places: PositionView[];
let refused: string[];
beforeEach(() => {
  clock = fakeLater();
  server = serverWith(clock);
  had = [];
  places = [];
  refused = [];
});
let ids = 0;
const newId = () => {
  ids += 1;
  return `m-${ids}`;
};
const client = (): Tracking =>
  trackingClient({
    ticket: async () => 'ws://x?ticket=t',
    open: server.open,
    newId,
    chance: () => 0.5,
    later: clock.later,
  });
const followed = (tracking: Tracking, order = ORDER, from = 0) =>
  tracking.follow({
    ...{ order, from },
    onItem: ({ sequence }) => had.push(sequence),
    onPosition: (position) => places.push(position),
    onRefused: ({ name }) => refused.push(name),
  });
const followedBooking = (tracking: Tracking) =>
  tracking.followBooking({
    ...{ booking: BOOKING, onItem: ({ sequence }) => had.push(sequence) },
    onRefused: ({ name }) => refused.push(name),
  });
const upTo = (head: number) => Array.from({ length: head }, (_, n) => n + 1);

describe('whoever follows an order', () => {
  it('has what there is, page by page, and then what comes', async () => {
    for (let n = 0; n < 8; n += 1) server.appends();
    followed(client());
    await clock.pass(500);
    expect(had).toEqual(upTo(8));
    server.appends();
    await clock.pass(0);
    expect(had).toEqual(upTo(9));
  });

  it('begins after what the application has', async () => {
    for (let n = 0; n < 5; n += 1) server.appends();
    followed(client(), ORDER, 3);
    await clock.pass(500);
    expect(had).toEqual([4, 5]);
  });

  it('has what came while the connection was cut as soon as there is one again', async () => {
    followed(client());
    await clock.pass(500);
    server.cuts();
    server.appends();
    await clock.pass(1_000);
    expect(had).toEqual([1]);
  });

  it('has what was lost soon after it sees a gap', async () => {
    followed(client());
    await clock.pass(500);
    server.appends('never');
    server.appends();
    expect(had).toEqual([]);
    await clock.pass(1_000);
    expect(had).toEqual([1, 2]);
  });

  it('has what was lost last, though nothing comes after it', async () => {
    followed(client());
    await clock.pass(500);
    server.appends('never');
    await clock.pass(1_000);
    expect(had).toEqual([]);
    await clock.pass(30_000);
    expect(had).toEqual([1]);
  });

  it('has the newest position, and never an older one after it; a new rider begins anew', async () => {
    followed(client());
    await clock.pass(500);
    for (const one of [view(1), view(3), view(2), view(3), view(0, 'rider_suresh')]) server.moves(one);
    expect(places).toEqual([view(1), view(3), view(0, 'rider_suresh')]);
  });

  it('is told that the order is not theirs, and asks no more', async () => {
    followed(client(), orderId(2));
    await clock.pass(90_000);
    expect(refused).toEqual(['NotFoundError']);
    expect(server.sockets[0]?.sent).toHaveLength(1);
  });

  it('stops, and is sent nothing more; so does who closes', async () => {
    const tracking = client();
    const stop = followed(tracking);
    await clock.pass(500);
    stop();
    stop();
    server.appends();
    await clock.pass(100);
    expect(server.sockets[0]?.sent.map(({ type }) => type)).toEqual(['subscribe', 'unsubscribe']);
    followed(tracking);
    tracking.close();
    await clock.pass(90_000);
    expect(had).toEqual([]);
    expect(refused).toEqual([]);
    await expect(tracking.heartbeat()).rejects.toMatchObject({ name: 'ConnectionClosedError' });
  });

  it('writes, and says where they are, over whatever connection there is', async () => {
    const tracking = client();
    const message = tracking.chat({ order: ORDER, text: 'hello', clientMessageId: 'c-1' });
    const fix = tracking.position({ order: ORDER, latitude: 19, longitude: 72.8, at: view(0).at });
    await clock.pass(50);
    expect(await message).toMatchObject({ sequence: 1 });
    await fix;
    expect(server.sockets[0]?.sent.map(({ type }) => type)).toEqual(['chat', 'position']);
  });
});

describe('whoever follows a booking', () => {
  it('has what there is, page by page, and then what comes, until they stop', async () => {
    server = serverWith(clock, 'booking');
    for (let n = 0; n < 8; n += 1) server.appends();
    const states: string[] = [];
    const tracking = client();
    const stop = tracking.followBooking({
      ...{ booking: BOOKING, from: 2, onItem: ({ sequence }) => had.push(sequence) },
      onPage: ({ state }) => states.push(state),
    });
    await clock.pass(500);
    server.appends();
    await clock.pass(0);
    expect(had).toEqual(upTo(9).slice(2));
    expect(states).toEqual(['WAITLISTED', 'WAITLISTED']);
    stop();
    server.appends();
    await clock.pass(100);
    expect(had).toHaveLength(7);
    expect(server.sockets[0]?.sent.at(-1)).toMatchObject({
      ...{ type: 'unsubscribe', payload: { booking: BOOKING } },
    });
  });

  it('is told that it is not theirs, beside an order that is', async () => {
    const tracking = client();
    followed(tracking);
    followedBooking(tracking);
    server.appends();
    await clock.pass(90_000);
    expect(refused).toEqual(['NotFoundError']);
    expect(had).toEqual([1]);
  });
});

describe.each(['order', 'booking'] as const)(
  'over any sequence of cuts, of whoever follows an %s',
  (kind) => {
    const step = fc.oneof(
      fc.record({
        does: fc.constant('append' as const),
        comes: fc.constantFrom('once', 'twice', 'late', 'never'),
        times: fc.integer({ min: 1, max: 4 }),
      }),
      fc.record({ does: fc.constant('cut' as const), how: fc.constantFrom('close', 'error') }),
      fc.record({ does: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 700 }) }),
    );
    property.prop([fc.array(step, { maxLength: 40 })], { numRuns: 150 })(
      'nothing is lost, and nothing comes twice to the application',
      async (steps) => {
        clock = fakeLater();
        server = serverWith(clock, kind);
        had = [];
        const tracking = client();
        if (kind === 'order') followed(tracking);
        else followedBooking(tracking);
        for (const one of steps) {
          if (one.does === 'append')
            for (let n = 0; n < one.times; n += 1) server.appends(one.comes as 'once');
          else if (one.does === 'cut') server.cuts(one.how as 'close');
          else await clock.pass(one.ms);
          expect(had).toEqual(upTo(had.length));
        }
        await clock.pass(60_000);
        expect(had).toEqual(upTo(server.head()));
        tracking.close();
      },
    );
  },
);
