import { describe, expect, it } from 'vitest';
import { openRail, priya, rahul, smallPool } from '../rail.fixture.ts';

describe('taking a payment', () => {
  it('starts it once, and knows it then', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.held([rahul]);
    await rail.pay(id);
    await rail.pay(id);
    expect(await rail.booking(id)).toMatchObject({
      state: 'PAYMENT_PENDING',
      payment: { id: `payment.${id}` },
    });
    expect(rail.till.asked).toEqual([`pay ${id}`, `pay ${id}`]);
  });

  it('goes on at once by what is said at once', async () => {
    const rail = await openRail([smallPool([1])]);
    rail.till.begins((payment) => ({ status: 'completed', payment }));
    const { id } = await rail.held([rahul]);
    await rail.pay(id);
    expect((await rail.booking(id)).state).toBe('CONFIRMED');
    rail.till.begins(() => ({ status: 'failed', reason: 'NotFoundError' }));
    const other = await rail.held([priya]);
    await rail.pay(other.id);
    expect(await rail.booking(other.id)).toMatchObject({ state: 'FAILED', reason: 'NotFoundError' });
    await rail.pay(other.id);
    expect(rail.till.asked.filter((one) => one === `pay ${other.id}`)).toHaveLength(1);
  });

  it('waits for what the payer is to scan, and not for ever', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const approval = { link: 'upi://pay', expiresAt: '2026-12-01T04:40:00.000Z' };
    const first = await rail.held([rahul], { payment: { method: 'upi_qr', link: 'link_1' } });
    await rail.pay(first.id);
    expect(rail.till.asked.filter((one) => one.startsWith('look'))).toHaveLength(10);
    rail.till.say(first.id, { status: 'in_progress', payment: `payment.${first.id}`, approval });
    await rail.pay(first.id);
    expect((await rail.booking(first.id)).payment.approval).toEqual(approval);
    expect(rail.till.asked.filter((one) => one.startsWith('look'))).toHaveLength(10);
  });

  it('comes again where the payment saga does not answer', async () => {
    const rail = await openRail([smallPool([1])]);
    const { id } = await rail.held([rahul]);
    rail.till.isDown(true);
    await expect(rail.pay(id)).rejects.toThrow('does not answer');
    expect((await rail.booking(id)).state).toBe('PAYMENT_PENDING');
  });
});

describe('giving money back', () => {
  it('asks for each refund by its number, and hears of it later or at once', async () => {
    const rail = await openRail([smallPool([1, 2])]);
    const { id } = await rail.ticket([rahul, priya]);
    await rail.cancel(id, { passengers: [1] });
    await rail.refund(id, 1);
    await rail.refund(id, 1);
    expect((await rail.booking(id)).refunds).toMatchObject([
      { number: 1, id: `refund.1.${id}`, state: 'due' },
    ]);
    rail.till.refundsAtOnce();
    await rail.cancel(id);
    await rail.refund(id, 2);
    expect((await rail.booking(id)).refunds).toMatchObject([{ state: 'due' }, { number: 2, state: 'done' }]);
    expect(rail.told().at(-1)).toMatchObject({ data: { kind: 'refunded' } });
    const asked = rail.till.asked.length;
    await rail.refund(id, 2);
    await rail.refund(id, 3);
    expect(rail.till.asked).toHaveLength(asked);
  });
});
