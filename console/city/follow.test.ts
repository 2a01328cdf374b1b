import { beforeEach, describe, expect, it } from 'vitest';
import type { LogItem, LogPage } from '../../functions/swiggy-tracking/contract.views.ts';
import { OrderId } from '../../functions/zomato-ordering/contract.views.ts';
import type { Told } from '../model/live-order.ts';
import { type FollowPorts, followOrder, type How } from './follow.ts';
import { AskProblem } from './problem.ts';

const ORDER = OrderId.parse('order_0193a5c0-0000-7000-8000-000000000001');
const AT = '2026-11-29T12:00:00.000Z';
const item = (sequence: number): LogItem => ({
  ...{ kind: 'placed', sequence, at: AT, text: `item ${sequence}`, estimatedDelivery: AT },
});
const PLACE = { latitude: 19, longitude: 72.85, rider: 'rider_ravi', at: AT };
const pageAfter = (from: number, head: number): LogPage => ({
  ...{ order: ORDER, state: 'PLACED', head, upTo: head, more: false, estimatedDelivery: AT, position: PLACE },
  items: Array.from({ length: Math.max(0, head - from) }, (_, n) => item(from + n + 1)),
});

/** A city with so many items in its log, in which time goes on when the test says so. */
const cityWith = () => {
  let head = 2;
  let now = 0;
  const timers = new Set<{ readonly at: number; readonly work: () => void }>();
  const sockets: { open: () => void; close: () => void; push: (frame: object) => void; closed: boolean }[] =
    [];
  const polls: number[] = [];
  let fails: Error | undefined;
  let refuses: object | undefined;
  const ports: FollowPorts = {
    ticket: async () => 'ws://city?ticket=t',
    open: () => {
      const listeners = new Map<string, ((event: { data?: unknown }) => void)[]>();
      const tell = (type: string, event = {}) => {
        for (const listener of listeners.get(type) ?? []) listener(event);
      };
      const push = (frame: object) => tell('message', { data: JSON.stringify(frame) });
      const made = { open: () => tell('open'), close: () => tell('close'), push, closed: false };
      sockets.push(made);
      const socket: ReturnType<FollowPorts['open']> = {
        send: (text) => {
          const { type, id, payload } = JSON.parse(text);
          if (refuses) push({ type: 'error', id, error: refuses });
          else if (type === 'subscribe') push({ type: 'ack', id, payload: pageAfter(payload.from, head) });
        },
        close: () => {
          made.closed = true;
        },
        addEventListener: (type, listener) => {
          listeners.set(type, [...(listeners.get(type) ?? []), listener]);
        },
      };
      return socket;
    },
    readLog: async (from) => {
      polls.push(from);
      if (fails) throw fails;
      return pageAfter(from, head);
    },
    later: (ms, work) => {
      const timer = { at: now + ms, work };
      timers.add(timer);
      return () => timers.delete(timer);
    },
  };
  const settled = async () => {
    for (let n = 0; n < 20; n += 1) await Promise.resolve();
  };
  return {
    ports,
    sockets,
    polls,
    settled,
    grows: () => {
      head += 1;
      return item(head);
    },
    refuses: (error: object) => {
      refuses = error;
    },
    fails: (error: Error | undefined) => {
      fails = error;
    },
    async passes(ms: number) {
      const until = now + ms;
      for (;;) {
        await settled();
        const [next] = [...timers].filter(({ at }) => at <= until).toSorted((a, b) => a.at - b.at);
        // A poll that waits for nothing would go on for ever at one moment.
        if (!next || polls.length > 50) break;
        timers.delete(next);
        now = Math.max(now, next.at);
        next.work();
      }
      now = until;
      await settled();
    },
  };
};

let city: ReturnType<typeof cityWith>;
let told: Told[];
let hows: How[];
let refused: string[];
let problems: Error[];
const follow = (from = 0) =>
  followOrder(
    {
      ...{ order: ORDER, from },
      onTold: (what) => told.push(what),
      onHow: (how) => {
        if (hows.at(-1) !== how) hows.push(how);
      },
      onRefused: (error) => {
        refused.push(error.message);
        problems.push(error);
      },
    },
    city.ports,
  );
const sequences = () => told.flatMap((what) => (what.kind === 'item' ? [what.item.sequence] : []));
beforeEach(() => {
  city = cityWith();
  [told, hows, refused, problems] = [[], [], [], []];
});

describe('an order that is followed', () => {
  it('comes over the socket, and the log is not asked for', async () => {
    const stop = follow();
    await city.settled();
    city.sockets[0]?.open();
    await city.passes(10_000);
    city.sockets[0]?.push({ type: 'item', order: ORDER, item: city.grows() });
    const position = { ...PLACE, latitude: 19.1, at: '2026-11-29T12:00:01.000Z' };
    city.sockets[0]?.push({ type: 'position', order: ORDER, position });
    expect([sequences(), hows, city.polls]).toEqual([[1, 2, 3], ['connecting', 'live'], []]);
    expect(told.filter(({ kind }) => kind !== 'item')).toMatchObject([
      { kind: 'position', position: PLACE },
      { kind: 'page', page: { head: 2 } },
      { kind: 'position', position },
    ]);
    stop();
    expect(city.sockets[0]?.closed).toBe(true);
  });

  it('goes on from what is known, and is nothing after it was stopped', async () => {
    const stop = follow(1);
    await city.settled();
    city.sockets[0]?.open();
    await city.settled();
    expect(sequences()).toEqual([2]);
    stop();
    const before = told.length;
    city.sockets[0]?.push({ type: 'item', order: ORDER, item: city.grows() });
    await city.passes(60_000);
    expect([told.length, city.polls]).toEqual([before, []]);
  });

  it('is asked for while no socket opens, and no longer when one does; each item comes once', async () => {
    const stop = follow();
    await city.passes(4_000);
    expect(hows).toEqual(['connecting', 'asking']);
    expect(city.polls.slice(0, 2)).toEqual([0, 2]);
    expect(sequences()).toEqual([1, 2]);
    city.grows();
    city.sockets.at(-1)?.open();
    await city.settled();
    const asked = city.polls.length;
    await city.passes(10_000);
    expect(city.polls.length).toBeLessThanOrEqual(asked + 1);
    expect([sequences(), hows.at(-1)]).toEqual([[1, 2, 3], 'live']);
    stop();
  });

  it('is asked for after a cut that lasts, from where it was', async () => {
    const stop = follow();
    await city.settled();
    city.sockets[0]?.open();
    await city.settled();
    city.sockets[0]?.close();
    city.grows();
    await city.passes(5_000);
    expect(hows).toEqual(['connecting', 'live', 'connecting', 'asking']);
    expect(city.polls[0]).toBe(2);
    expect(sequences()).toEqual([1, 2, 3]);
    stop();
  });

  it('is asked for again when nobody answers, and no more when that cannot help', async () => {
    city.fails(new AskProblem('nobody', { status: 0 }));
    follow();
    await city.passes(4_000);
    expect(city.polls).toEqual([0]);
    await city.passes(3_000);
    expect(city.polls).toEqual([0, 0]);
    expect(refused).toEqual([]);
    city.fails(new AskProblem('no such order', { status: 404 }));
    await city.passes(3_000);
    await city.passes(60_000);
    expect(city.polls).toEqual([0, 0, 0]);
    expect(refused).toEqual(['no such order']);
  });

  it('that is not there is the problem that a door would answer', async () => {
    const problem = { name: 'NotFoundError', status: 404, detail: 'There is nothing here.' };
    city.refuses({ ...problem, title: 'x', type: 'urn:x', retryable: false, retryAfterSeconds: 0 });
    follow();
    await city.settled();
    city.sockets[0]?.open();
    await city.passes(60_000);
    expect([refused, city.polls]).toEqual([['There is nothing here.'], []]);
    expect(problems).toMatchObject([{ status: 404, problem: 'NotFoundError', retryable: false }]);
    expect(problems[0]).toBeInstanceOf(AskProblem);
  });

  it('is refused once where no ticket is given for it', async () => {
    city.ports = {
      ...city.ports,
      ticket: () => Promise.reject(new AskProblem('not for viewers', { status: 403 })),
    } as FollowPorts;
    follow();
    await city.passes(60_000);
    expect([refused, city.polls]).toEqual([['not for viewers'], []]);
  });
});
