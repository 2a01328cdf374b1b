import { beforeEach, describe, expect, it } from 'vitest';
import type { OrderId } from '../contract.ts';
import { type OpenOrdering, openOrdering, PAYMENT, supper } from '../ordering.fixture.ts';

let ordering: OpenOrdering;
let id: OrderId;
beforeEach(async () => {
  ordering = await openOrdering();
  ({ id } = await ordering.place());
});
const order = () => ordering.order(id);
const QR = { link: 'upi://pay?pa=x', expiresAt: '2026-11-29T13:05:00.000Z' };

describe('the payment of an order', () => {
  it('is asked for, and what the payer is to scan is shown until it is paid', async () => {
    ordering.till.say({ status: 'in_progress', payment: PAYMENT, approval: QR });
    await ordering.deliver(id);
    expect((await order()).payment).toMatchObject({ state: 'pending', id: PAYMENT, approval: QR });
    await ordering.hear(id, 'PaymentCompleted');
    expect(await order()).toMatchObject({
      state: 'PAYMENT_CONFIRMED',
      payment: { state: 'paid', id: PAYMENT },
    });
    expect((await order()).payment.approval).toBeUndefined();
  });

  it('whose QR comes a moment later is looked at until there is something to scan', async () => {
    const { id: byQr } = await ordering.place(supper({ payment: { method: 'upi_qr' } }));
    const soon = { status: 'in_progress', payment: PAYMENT } as const;
    ordering.till.sayLater(soon, soon, { ...soon, approval: QR });
    await ordering.deliver(byQr);
    expect((await ordering.order(byQr)).payment).toMatchObject({ id: PAYMENT, approval: QR });
    expect(ordering.till.asked).toHaveLength(1);
  });

  it('whose QR does not come so soon is asked about by the next sweep', async () => {
    const { id: byQr } = await ordering.place(supper({ payment: { method: 'upi_qr' } }));
    await ordering.deliver(byQr);
    expect((await ordering.order(byQr)).payment.approval).toBeUndefined();
    ordering.till.say({ status: 'in_progress', payment: PAYMENT, approval: QR });
    ordering.clock.advance(20_000);
    await ordering.sweep();
    expect((await ordering.order(byQr)).payment).toMatchObject({ id: PAYMENT, approval: QR });
  });

  it('is asked for again, and is one payment', async () => {
    await ordering.deliver(id);
    const { version } = await order();
    await ordering.deliver(id);
    expect((await order()).version).toBe(version);
    expect(ordering.till.asked.map(({ order: of }) => of)).toEqual([id, id]);
  });

  it.each(['PaymentRefused', 'PaymentCompensated'] as const)(
    '%s ends the order, and says why',
    async (type) => {
      await ordering.deliver(id);
      await ordering.hear(id, type, { reason: 'InsufficientFundsError' });
      expect(await order()).toMatchObject({
        state: 'PAYMENT_FAILED',
        payment: { state: 'failed', reason: 'InsufficientFundsError' },
      });
      expect(ordering.told(id).at(-1)?.data).toMatchObject({
        to: 'PAYMENT_FAILED',
        reason: 'InsufficientFundsError',
      });
      await expect(ordering.move(id, 'ACCEPTED')).rejects.toThrow('MoveNotAllowedError');
    },
  );

  it('that the saga does not take ends the order', async () => {
    ordering.till.say({ status: 'failed', reason: 'LinkNotUsableError' });
    await ordering.deliver(id);
    expect(await order()).toMatchObject({
      state: 'PAYMENT_FAILED',
      payment: { reason: 'LinkNotUsableError' },
    });
  });

  it('that nobody answers for comes again', async () => {
    ordering.till.isDown(true);
    await expect(ordering.deliver(id)).rejects.toThrow('does not answer');
    expect((await order()).state).toBe('PLACED');
  });

  it('of an order that was cancelled meanwhile comes back whole', async () => {
    await ordering.deliver(id);
    await ordering.cancel(id);
    expect(await ordering.cancellation(id)).toMatchObject({ refund: 0, refundState: 'none' });
    await ordering.hear(id, 'PaymentCompleted');
    const { bill } = await order();
    expect(await ordering.cancellation(id)).toMatchObject({
      refund: bill.total,
      kept: 0,
      refundState: 'due',
    });
    ordering.till.refunded();
    await ordering.deliver(id);
    expect((await order()).state).toBe('REFUNDED');
  });

  it('of an order that was cancelled meanwhile, and fails, changes nothing for whoever ordered', async () => {
    await ordering.deliver(id);
    await ordering.cancel(id);
    await ordering.hear(id, 'PaymentRefused');
    expect(await order()).toMatchObject({
      state: 'CANCELLED_BY_CUSTOMER',
      payment: { state: 'failed', reason: 'PaymentFailed' },
    });
  });

  it('of an order that is cancelled shows nothing to scan any more, nor later', async () => {
    const soon = { status: 'in_progress', payment: PAYMENT } as const;
    const [shown, unseen] = [
      await ordering.place(supper({ payment: { method: 'upi_qr' } })),
      await ordering.place(supper({ payment: { method: 'upi_qr' } })),
    ];
    await ordering.deliver(unseen.id);
    ordering.till.say({ ...soon, approval: QR });
    await ordering.deliver(shown.id);
    for (const one of [shown, unseen]) {
      await ordering.cancel(one.id);
      await ordering.deliver(one.id);
      expect((await ordering.order(one.id)).payment).toEqual({
        ...{ method: 'upi_qr', state: 'pending', id: PAYMENT },
      });
    }
  });

  it('is not asked for when it was cancelled before anybody asked', async () => {
    await ordering.cancel(id);
    await ordering.deliver(id);
    expect(ordering.till.asked).toEqual([]);
  });

  it('told twice, or of somebody else, is no news', async () => {
    await ordering.hear(id, 'PaymentCompleted', { startedBy: 'customer_1' });
    await ordering.hear('order_1' as OrderId, 'PaymentCompleted');
    await ordering.hear(id.replace(/.$/, '0') as OrderId, 'PaymentCompleted');
    expect((await order()).state).toBe('PLACED');
    await ordering.hear(id, 'PaymentCompleted');
    const { version } = await order();
    await ordering.hear(id, 'PaymentCompleted');
    await ordering.hear(id, 'RefundCompleted');
    expect(await order()).toMatchObject({ version, state: 'PAYMENT_CONFIRMED' });
  });
});

describe('the sweep', () => {
  const later = async (minutes: number) => {
    ordering.clock.advance(minutes * 60_000);
    await ordering.sweep();
  };

  it('asks about a payment that nobody told of', async () => {
    await ordering.deliver(id);
    ordering.till.say({ status: 'completed', payment: PAYMENT });
    await later(5);
    expect((await order()).state).toBe('PLACED');
    await later(1);
    expect((await order()).state).toBe('PAYMENT_CONFIRMED');
  });

  it('ends what a kitchen does not answer, and gives it back', async () => {
    await ordering.hear(id, 'PaymentCompleted');
    await later(9);
    expect((await order()).state).toBe('PAYMENT_CONFIRMED');
    await later(1);
    expect(await order()).toMatchObject({ state: 'CANCELLED_BY_RESTAURANT', cancellation: { by: 'clock' } });
    ordering.till.refunded();
    await later(2);
    expect((await order()).state).toBe('REFUNDED');
  });

  it('lets the others go on when one cannot be done, and tries that one again', async () => {
    const other = await ordering.place();
    ordering.till.isDown(true);
    await ordering.hear(other.id, 'PaymentCompleted');
    await later(10);
    expect((await order()).state).toBe('PLACED');
    expect((await ordering.order(other.id)).state).toBe('CANCELLED_BY_RESTAURANT');
    ordering.till.isDown(false);
    ordering.till.say({ status: 'completed', payment: PAYMENT });
    await later(1);
    expect((await order()).state).toBe('PAYMENT_CONFIRMED');
  });

  it('begins nothing that it has no time for', async () => {
    await ordering.hear(id, 'PaymentCompleted');
    ordering.clock.advance(600_000);
    await ordering.sweep(() => 11_999);
    expect((await order()).state).toBe('PAYMENT_CONFIRMED');
  });
});
