import { beforeEach, describe, expect, it } from 'vitest';
import { rupees } from '../../../shared/money/index.ts';
import type { OrderId } from '../contract.ts';
import {
  customer,
  kitchen,
  type OpenOrdering,
  openOrdering,
  ravi,
  rider,
  supper,
} from '../ordering.fixture.ts';

let ordering: OpenOrdering;
let id: OrderId;
beforeEach(async () => {
  ordering = await openOrdering();
  ({ id } = await ordering.place());
});
const TOTAL = rupees('901.36');
const paidUntil = async (...states: ('ACCEPTED' | 'PREPARING' | 'READY')[]) => {
  await ordering.hear(id, 'PaymentCompleted');
  for (const to of states) await ordering.move(id, to);
};

describe('a cancellation', () => {
  it('is not there before, says what comes back, and is complete when it has', async () => {
    await expect(ordering.cancellation(id)).rejects.toThrow('NotFoundError');
    await paidUntil('ACCEPTED');
    expect(await ordering.cancel(id)).toMatchObject({
      by: 'customer',
      refund: TOTAL,
      kept: 0,
      refundState: 'due',
    });
    expect(ordering.told(id).map(({ type }) => type)).toContain('zomato-ordering.RefundWanted');
    await ordering.deliver(id);
    expect(ordering.till.asked.at(-1)).toEqual({ what: 'refund', order: id, amount: TOTAL });
    await ordering.hear(id, 'RefundCompleted');
    expect((await ordering.order(id)).state).toBe('REFUNDED');
    expect(await ordering.cancellation(id)).toMatchObject({ refund: TOTAL, refundState: 'completed' });
  });

  it('a minute after ordering keeps half of what is being cooked, and none of the fees', async () => {
    await paidUntil('ACCEPTED', 'PREPARING');
    ordering.clock.advance(60_001);
    // Food 780, packing 20, their tax 40: half of 840 is kept.
    expect(await ordering.cancel(id)).toMatchObject({ refund: rupees('481.36'), kept: rupees(420) });
  });

  it('within a minute keeps nothing', async () => {
    await paidUntil('ACCEPTED', 'PREPARING');
    ordering.clock.advance(60_000);
    expect(await ordering.cancel(id)).toMatchObject({ refund: TOTAL, kept: 0 });
  });

  it('by the kitchen keeps nothing, until it is picked up', async () => {
    await paidUntil('ACCEPTED', 'PREPARING', 'READY');
    ordering.clock.advance(3_600_000);
    expect(await ordering.cancel(id, kitchen())).toMatchObject({ by: 'kitchen', refund: TOTAL, kept: 0 });
    expect((await ordering.order(id)).state).toBe('CANCELLED_BY_RESTAURANT');
  });

  it('of what nobody has paid gives nothing back', async () => {
    const cash = await ordering.place(supper({ payment: { method: 'cash_on_delivery' } }), customer(ravi));
    expect(await ordering.cancel(cash.id, customer(ravi))).toMatchObject({
      refund: 0,
      kept: 0,
      refundState: 'none',
    });
  });

  it('is refused to a customer when it is ready, and to everybody on its way and after', async () => {
    await paidUntil('ACCEPTED', 'PREPARING', 'READY');
    await expect(ordering.cancel(id)).rejects.toThrow('OrderNotCancellableError');
    await ordering.take(id);
    for (const to of ['PICKED_UP', 'OUT_FOR_DELIVERY', 'DELIVERED'] as const) {
      await ordering.move(id, to, rider());
      for (const who of [customer(), kitchen()]) {
        await expect(ordering.cancel(id, who)).rejects.toMatchObject({
          name: 'OrderNotCancellableError',
          facts: { state: to },
        });
      }
    }
  });

  it('is made once: again it is refused', async () => {
    await ordering.cancel(id);
    await expect(ordering.cancel(id)).rejects.toThrow('OrderNotCancellableError');
  });

  it('of what has changed since it was looked at is refused', async () => {
    await paidUntil();
    await expect(ordering.cancel(id, customer(), '"1"')).rejects.toThrow('PreconditionFailedError');
    expect(await ordering.cancel(id, customer(), '"2"')).toMatchObject({ refund: TOTAL });
  });

  it('of somebody else’s is 404, as is its being looked at', async () => {
    await expect(ordering.cancel(id, customer(ravi))).rejects.toThrow('NotFoundError');
    await ordering.cancel(id);
    await expect(ordering.cancellation(id, customer(ravi))).rejects.toThrow('NotFoundError');
  });

  it('a kitchen that does not want it gives all of it back', async () => {
    await paidUntil();
    await ordering.move(id, 'REJECTED', kitchen(), { reason: 'no pav today' });
    expect(await ordering.cancellation(id)).toMatchObject({
      ...{ by: 'kitchen', reason: 'no pav today', refund: TOTAL, refundState: 'due' },
    });
  });
});
