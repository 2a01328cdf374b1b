import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { LogItem, LogPage } from '../../functions/swiggy-tracking/contract.views.ts';
import { type Bill, OrderId, type OrderState } from '../../functions/zomato-ordering/contract.views.ts';
import {
  billLines,
  chatOf,
  type Feed,
  hasEnded,
  haveOf,
  NOTHING,
  positionOf,
  riderOf,
  stagesOf,
  stateOf,
  told,
} from './live-order.ts';

const ORDER = OrderId.parse('order_0193a5c0-0000-7000-8000-000000000001');
const time = (second: number) => new Date(Date.UTC(2026, 10, 29, 12, 0, second)).toISOString();
const placed: LogItem = { kind: 'placed', sequence: 1, at: time(1), text: 'x', estimatedDelivery: time(59) };
const moved = (sequence: number, from: OrderState, to: OrderState): LogItem => ({
  ...{ kind: 'moved', sequence, at: time(sequence), text: to, from, to, by: 'kitchen' },
});
const rider = (
  sequence: number,
  state: 'RIDER_ASSIGNED' | 'RIDER_UNASSIGNED',
  id = 'rider_ravi',
): LogItem => ({
  ...{ kind: 'rider', sequence, at: time(sequence), text: 'x', state, rider: { id, name: 'Ravi Kumar' } },
});
const chat = (sequence: number, text: string): LogItem => ({
  ...{ kind: 'chat', sequence, at: time(sequence), text, from: 'rider', clientMessageId: 'c' },
});
const at = (second: number, by = 'rider_ravi') => ({
  ...{ latitude: 19, longitude: 72.85, rider: by, at: time(second) },
});
const page = (over: Partial<LogPage> = {}): LogPage => ({
  ...{ order: ORDER, state: 'PLACED', head: 1, items: [placed], upTo: 1, more: false },
  estimatedDelivery: time(59),
  ...over,
});
const feedOf = (...items: readonly LogItem[]): Feed =>
  items.reduce<Feed>((feed, item) => told(feed, { kind: 'item', item }), NOTHING);

describe('an order that is followed', () => {
  test.prop([fc.array(fc.integer({ min: 1, max: 6 }))])(
    'has each item once and in order, however often it is told',
    (sequences) => {
      const feed = feedOf(...sequences.map((sequence) => ({ ...placed, sequence })));
      expect(feed.items.map(({ sequence }) => sequence)).toEqual(
        Array.from({ length: haveOf(feed) }, (_, n) => n + 1),
      );
    },
  );

  it('keeps of a page how things stand, and its items come by themselves', () => {
    const feed = told(feedOf(placed), {
      kind: 'page',
      page: page({ delivery: { latitude: 18.9, longitude: 72.8 } }),
    });
    expect(feed.page).toMatchObject({ head: 1, delivery: { latitude: 18.9 } });
    expect(feed.page).not.toHaveProperty('items');
    expect(feed.items).toEqual([placed]);
  });

  it('has a trail of where its rider was: nothing older, and nobody else’s', () => {
    const places = [at(1), at(3), at(2), at(3)];
    const feed = places.reduce<Feed>(
      (before, position) => told(before, { kind: 'position', position }),
      feedOf(placed, rider(2, 'RIDER_ASSIGNED')),
    );
    expect(feed.trail).toEqual([at(1), at(3)]);
    expect(positionOf(feed)).toEqual(at(3));
    const other = told(feed, { kind: 'position', position: at(2, 'rider_suresh') });
    expect(other.trail).toEqual([at(2, 'rider_suresh')]);
    // Not of one who does not have it, so far as the log says.
    expect(positionOf(other)).toBeUndefined();
  });

  it('is brought by who took it last, until they give it back', () => {
    expect(riderOf(feedOf(placed))).toBeUndefined();
    const taken = feedOf(placed, rider(2, 'RIDER_ASSIGNED'));
    expect(riderOf(taken)?.name).toBe('Ravi Kumar');
    expect(riderOf(told(taken, { kind: 'item', item: rider(3, 'RIDER_UNASSIGNED') }))).toBeUndefined();
  });

  it('has what was written in it', () => {
    expect(chatOf(feedOf(placed, chat(2, 'On my way'))).map(({ text }) => text)).toEqual(['On my way']);
  });
});

describe('the states of an order as a line', () => {
  const line = (feed: Feed) => stagesOf(feed).map(({ is, state }) => `${is} ${state}`);

  it('are not there before anything is known', () => {
    expect([stagesOf(NOTHING), stateOf(NOTHING), hasEnded(NOTHING)]).toEqual([[], undefined, false]);
  });

  it('have those where it was, with their times, and what is ahead', () => {
    const feed = feedOf(
      placed,
      moved(2, 'PLACED', 'PAYMENT_CONFIRMED'),
      moved(3, 'PAYMENT_CONFIRMED', 'ACCEPTED'),
    );
    expect(line(feed)).toEqual([
      ...['done PLACED', 'done PAYMENT_CONFIRMED', 'now ACCEPTED', 'ahead PREPARING', 'ahead READY'],
      ...['ahead PICKED_UP', 'ahead OUT_FOR_DELIVERY', 'ahead DELIVERED'],
    ]);
    expect(
      stagesOf(feed)
        .map((stage) => stage.at)
        .slice(0, 4),
    ).toEqual([time(1), time(2), time(3), undefined]);
    expect([stateOf(feed), hasEnded(feed)]).toEqual(['ACCEPTED', false]);
    expect(stateOf(feedOf(placed))).toBe('PLACED');
  });

  it('leave out what was passed by: who pays at the door has nothing confirmed', () => {
    expect(line(feedOf(placed, moved(2, 'PLACED', 'ACCEPTED'))).slice(0, 3)).toEqual([
      ...['done PLACED', 'now ACCEPTED', 'ahead PREPARING'],
    ]);
  });

  it('are all done at the door', () => {
    const feed = feedOf(placed, moved(2, 'OUT_FOR_DELIVERY', 'DELIVERED'));
    expect(line(feed)).toEqual(['done PLACED', 'done DELIVERED']);
    expect(hasEnded(feed)).toBe(true);
  });

  it('end where it came to another end, and what was given back after it', () => {
    const feed = feedOf(
      placed,
      moved(2, 'PLACED', 'CANCELLED_BY_CUSTOMER'),
      moved(3, 'CANCELLED_BY_CUSTOMER', 'REFUNDED'),
    );
    expect(line(feed)).toEqual(['done PLACED', 'ended CANCELLED_BY_CUSTOMER', 'ended REFUNDED']);
    expect(hasEnded(feed)).toBe(true);
  });
});

describe('a bill', () => {
  const paise = fc.nat(10_000_000) as fc.Arbitrary<Bill['total']>;
  const charges = fc.record({
    ...{ itemsTotal: paise, packing: paise, gstOnFood: paise, deliveryFee: paise },
    ...{ platformFee: paise, gstOnFees: paise, tip: paise },
  });

  test.prop([charges, fc.option(fc.record({ code: fc.constant('MUMBAI10'), amount: paise }))])(
    'is lines that add up to its total',
    (all, coupon) => {
      const sum = Object.values(all).reduce<number>((total, one) => total + one, 0);
      const total = (sum - (coupon?.amount ?? 0)) as Bill['total'];
      const lines = billLines({ ...all, ...(coupon ? { coupon } : {}), total });
      const last = lines.at(-1);
      expect(last).toEqual({ what: 'total', paise: total });
      expect(lines.slice(0, -1).reduce((before, line) => before + line.paise, 0)).toBe(total);
      expect(lines.find(({ what }) => what === 'coupon')?.code).toBe(coupon?.code);
    },
  );

  it('says nothing of a tip that there was none of', () => {
    const none = 0 as Bill['total'];
    const bill = { itemsTotal: none, packing: none, gstOnFood: none, deliveryFee: none, platformFee: none };
    const lines = billLines({ ...bill, gstOnFees: none, tip: none, total: none });
    expect(lines.map(({ what }) => what)).not.toContain('tip');
  });
});
