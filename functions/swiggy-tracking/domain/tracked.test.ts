import { describe, expect, it } from 'vitest';
import { OrderState } from '../../zomato-ordering/contract.views.ts';
import { BURGER_KING, ORDER, RAHUL, RAVI, SURESH, tells } from '../tracking.fixture.ts';
import { concerning, followerOf, isOf, seesDelivery, seesRider } from './access.ts';
import { follow, type Heard, hasEnded, isPickedUp, type TrackedOrder } from './tracked.ts';

const order: TrackedOrder = {
  ...{ id: ORDER, customer: RAHUL, restaurant: BURGER_KING, state: 'ACCEPTED', rider: RAVI },
  ...{ head: 4, seenMove: 3, seenRider: 4, estimatedDelivery: '2026-11-24T11:45:00.000Z' },
};
const heard = (event: Heard, found: TrackedOrder | undefined = order) => follow(found, event, undefined);

describe('what ordering tells', () => {
  it('begins with the order', () => {
    expect(follow(undefined, tells.placed(1), undefined)).toEqual({
      what: 'news',
      tracked: {
        ...{
          id: ORDER,
          customer: RAHUL,
          restaurant: BURGER_KING,
          state: 'PLACED',
          seenMove: 1,
          seenRider: 1,
        },
        estimatedDelivery: '2026-11-24T11:45:00.000Z',
      },
      item: { kind: 'placed', at: expect.any(String), estimatedDelivery: '2026-11-24T11:45:00.000Z' },
    });
    expect(heard(tells.placed(1))).toEqual({ what: 'past' });
  });

  it('moves it from where it is', () => {
    expect(heard(tells.moved('ACCEPTED', 'PREPARING', 5))).toMatchObject({
      what: 'news',
      tracked: { state: 'PREPARING', seenMove: 5, seenRider: 4, rider: RAVI },
      item: { kind: 'moved', from: 'ACCEPTED', to: 'PREPARING', by: 'kitchen' },
    });
  });

  it.each([
    ['a move from where it has not come to', tells.moved('PREPARING', 'READY', 6), 'early'],
    ['a move that it has made', tells.moved('PAYMENT_CONFIRMED', 'ACCEPTED', 3), 'past'],
    ['a rider while another one has it', tells.rider(SURESH, 7), 'early'],
    ['a rider who gives back what they do not have', tells.rider(SURESH, 7, 'RIDER_UNASSIGNED'), 'early'],
  ])('is not news yet, or no longer: %s', (_, event, what) => {
    expect(heard(event)).toEqual({ what });
  });

  it('has its place when a rider was there before, and changes nothing of who rides now', () => {
    expect(heard(tells.rider(SURESH, 3))).toMatchObject({
      what: 'news',
      tracked: { rider: RAVI, seenRider: 4 },
      item: { kind: 'rider', rider: { id: SURESH } },
    });
  });

  it('waits for the order to begin', () => {
    for (const event of [tells.moved('PLACED', 'ACCEPTED', 2), tells.rider(RAVI, 2)])
      expect(follow(undefined, event, undefined)).toEqual({ what: 'early' });
  });

  it('takes a rider away, and lets another one come, by name where they are registered', () => {
    const left = heard(tells.rider(RAVI, 5, 'RIDER_UNASSIGNED'));
    expect(left).toMatchObject({ what: 'news', item: { kind: 'rider', state: 'RIDER_UNASSIGNED' } });
    const { tracked: rest } = left as Extract<typeof left, { what: 'news' }>;
    const without = { ...rest, head: 5 };
    expect(without).not.toHaveProperty('rider');
    const named = { id: SURESH, name: 'Suresh', vehicle: 'bike' } as const;
    expect(follow(without, tells.rider(SURESH, 6), named)).toMatchObject({
      what: 'news',
      tracked: { rider: SURESH },
      item: { rider: named },
    });
  });
});

describe('an order', () => {
  it('has ended where nobody does anything for it any more', () => {
    const open = OrderState.options.filter((state) => !hasEnded({ state }));
    expect(open).toEqual([
      ...['PLACED', 'PAYMENT_CONFIRMED', 'ACCEPTED', 'PREPARING', 'READY', 'PICKED_UP', 'OUT_FOR_DELIVERY'],
    ]);
    expect(OrderState.options.filter((state) => isPickedUp({ state }))).toEqual([
      'PICKED_UP',
      'OUT_FOR_DELIVERY',
    ]);
  });

  it('is of who ordered it, who rides it, and who cooks it; of nobody else, and of nobody in another role', () => {
    expect(isOf(order, { subject: RAHUL, role: 'customer' })).toBe(true);
    expect(isOf(order, { subject: RAVI, role: 'rider' })).toBe(true);
    expect(isOf(order, { subject: BURGER_KING, role: 'kitchen' })).toBe(true);
    expect(isOf(order, { subject: RAHUL, role: 'rider' })).toBe(false);
    expect(isOf(order, { subject: SURESH, role: 'rider' })).toBe(false);
    const { rider: _, ...without } = order;
    expect(isOf(without, { subject: 'undefined', role: 'rider' })).toBe(false);
  });

  it('answers a stranger the same NotFoundError whether it is there or not', () => {
    const stranger = { subject: 'customer_x', role: 'customer' } as const;
    const errors = [order, undefined].map((found) => {
      try {
        return concerning(found, ORDER, stranger);
      } catch (error) {
        return error;
      }
    });
    expect(errors[0]).toMatchObject({ name: 'NotFoundError', facts: { what: 'order', id: ORDER } });
    expect(errors[1]).toEqual(errors[0]);
    expect(() => followerOf('operator', 'operator')).toThrow('ForbiddenError');
  });

  it('shows its rider to the kitchen until the food is fetched, and from then on to who ordered it', () => {
    const fetched = { ...order, state: 'PICKED_UP' as const };
    const delivered = { ...order, state: 'DELIVERED' as const };
    const sees = (one: TrackedOrder) =>
      (['customer', 'kitchen'] as const).filter((role) => seesRider(one, { role }));
    expect([order, fetched, delivered].map(sees)).toEqual([['kitchen'], ['customer'], []]);
    expect(seesDelivery({ role: 'kitchen' })).toBe(false);
  });
});
