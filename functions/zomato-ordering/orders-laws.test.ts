/**
 * What holds of an order whatever kitchen, rider, customer, payment saga and clock do to it, in any order, and however often
 * they say it.
 */
import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { expect } from 'vitest';
import { HouseError } from '../../shared/errors/index.ts';
import { Move, type OrderView } from './contract.ts';
import { hasEnded, WAYS } from './domain/order.ts';
import {
  customer,
  kitchen,
  type OpenOrdering,
  openOrdering,
  PAYMENT,
  rider,
  supper,
} from './ordering.fixture.ts';

const step = fc.oneof(
  fc.record({
    does: fc.constant('move' as const),
    to: fc.constantFrom(...Move.options),
    by: fc.constantFrom(kitchen(), rider(), rider('rider_2')),
  }),
  // What goes right is drawn often, so that orders come far.
  fc.record({ does: fc.constantFrom('on', 'on', 'on', 'take', 'giveBack') }),
  fc.record({ does: fc.constantFrom('cancel', 'cancelByKitchen', 'sweep', 'refundArrives') }),
  fc.record({ does: fc.constantFrom('paid', 'paid', 'unpaid', 'deliver') }),
  fc.record({ does: fc.constant('wait' as const), minutes: fc.integer({ min: 1, max: 12 }) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

const ON: { readonly [state: string]: Move } = {
  PAYMENT_CONFIRMED: 'ACCEPTED',
  ACCEPTED: 'PREPARING',
  PREPARING: 'READY',
  READY: 'PICKED_UP',
  PICKED_UP: 'OUT_FOR_DELIVERY',
  OUT_FOR_DELIVERY: 'DELIVERED',
};

const run = async (ordering: OpenOrdering, id: OrderView['id'], one: Step): Promise<unknown> => {
  switch (one.does) {
    case 'move':
      return ordering.move(id, one.to, one.by, one.to === 'REJECTED' ? { reason: 'no' } : {});
    case 'on': {
      const { state } = await ordering.order(id);
      const to = ON[state] ?? 'ACCEPTED';
      return ordering.move(
        id,
        to,
        ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'].includes(to) ? rider() : kitchen(),
      );
    }
    case 'take':
      return ordering.take(id);
    case 'giveBack':
      return ordering.giveBack(id);
    case 'cancel':
      return ordering.cancel(id);
    case 'cancelByKitchen':
      return ordering.cancel(id, kitchen());
    case 'sweep':
      return ordering.sweep();
    case 'paid':
      return ordering.hear(id, 'PaymentCompleted');
    case 'unpaid':
      return ordering.hear(id, 'PaymentRefused');
    case 'refundArrives':
      return ordering.hear(id, 'RefundCompleted');
    case 'deliver':
      return ordering.deliver(id);
    case 'wait':
      return ordering.clock.advance(one.minutes * 60_000);
  }
  return undefined;
};

const mustHold = (order: OrderView, paid: boolean): void => {
  const { bill, cancellation, moves, payment, state } = order;
  const states = moves.map(({ to }) => to).filter((to): to is keyof typeof WAYS => to in WAYS);
  // Each state once, and each by a way that there is.
  expect(new Set(states).size).toBe(states.length);
  for (const [n, to] of states.entries()) expect(WAYS[to].from).toContain(states[n - 1] ?? 'PLACED');
  // Nothing is cooked that nobody pays.
  if (states.includes('PREPARING') && payment.method !== 'cash_on_delivery') expect(paid).toBe(true);
  // Whoever has not got the food has the money, but what was kept for what was cooked.
  const { refund = 0, kept = 0 } = cancellation ?? {};
  if (paid && hasEnded(order) && state !== 'DELIVERED') expect(refund + kept).toBe(bill.total);
  if (!paid) expect(refund + kept).toBe(0);
  expect(refund).toBeLessThanOrEqual(bill.total);
  if (refund > 0) expect(['refund_due', 'refunded']).toContain(payment.state);
  expect(payment.state === 'refunded').toBe(state === 'REFUNDED');
};

property.prop([fc.array(step, { maxLength: 25 }), fc.constantFrom('wallet', 'cash_on_delivery')])(
  'an order goes its ways alone, is cooked when it is safe, and loses no paisa of whoever paid it',
  async (steps, method) => {
    const ordering = await openOrdering();
    ordering.till.say({ status: 'in_progress', payment: PAYMENT });
    const { id } = await ordering.place(supper({ payment: { method } }), customer());
    let paid = false;
    for (const one of steps) {
      const before = await ordering.order(id);
      await run(ordering, id, one).catch((error: unknown) => {
        if (!(error instanceof HouseError)) throw error;
      });
      const after = await ordering.order(id);
      paid ||= one.does === 'paid' && before.payment.state === 'pending';
      paid ||= method === 'cash_on_delivery' && after.payment.state === 'paid';
      mustHold(after, paid);
      expect(after.version).toBeGreaterThanOrEqual(before.version);
    }
    // Each change is told once, in its order; a version that tells two things tells different ones.
    const told = ordering.told(id).map(({ type, sequence }) => `${sequence} ${type}`);
    expect(new Set(told).size).toBe(told.length);
    const { moves } = await ordering.order(id);
    const facts = told.filter((one) => !one.endsWith('Wanted'));
    expect(facts).toHaveLength(moves.length);
  },
);
