import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import type { OrderId } from '../../../functions/zomato-ordering/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { waitFor } from '../../../shared/testing/index.ts';
import { publishSeed } from '../../story/kitchens.ts';
import { addressOf, type Eater, eater, order, orderIn } from '../../story/zomato-ordering.ts';
import { armouryOf } from '../armed.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';

const { bank, cast, city, differences, run, stage } = openCity();
const armoury = armouryOf(stage);
const queues = queuesOf(city);

beforeAll(() => publishSeed(stage));
afterAll(async () => {
  await armoury.disarm();
  expect(await differences()).toEqual([]);
});

/** Somebody who has a wallet and orders by it; addresses are other ones than the story's. */
const hungry = async (name: string, nth: number, options: { readonly wallet?: number } = {}) => {
  const payer = await cast.person(name, { bank: 3_000, ...options });
  return { payer, who: await eater(stage, { run, name, from: addressOf(run, 10 + nth), payer }) };
};
/** Somebody whose phone is asked, and who answers by hand. */
const careful = async (name: string, nth: number) => {
  const hand = await hungry(name, nth);
  await bank.changeAccount({ path: { id: hand.payer.account }, body: { approvals: 'by_hand' } });
  return hand;
};

/** Waits until there is a QR to show. */
const shown = ({ doors }: Eater, orderId: OrderId) =>
  waitFor(
    async () => {
      const { payment } = (await doors.getOrder({ path: { orderId } })).body;
      return payment.approval && payment.id !== undefined
        ? { ...payment.approval, id: payment.id }
        : undefined;
    },
    { what: `the QR of ${orderId}`, timeoutMs: 60_000, everyMs: 700 },
  );
/** An operator's hand plays the phone. */
const answers = (payment: string, decision: 'approve' | 'decline') =>
  bank.answerRequest({ path: { key: OperationKey.parse(payment) }, body: { decision } });

describe.concurrent('an order by UPI', () => {
  it('shows a QR until it is paid, and goes on when it is', async () => {
    const { payer, who } = await careful('scans', 0);
    const { id, bill } = await order(who, `${run}.scans`, 'upi_qr');
    const qr = await shown(who, id);
    expect(new URL(qr.link).searchParams.get('am')).toBe((bill.total / 100).toFixed(2));
    await answers(qr.id, 'approve');
    const paid = await orderIn(who, id, 'PAYMENT_CONFIRMED');
    expect(paid.payment).toEqual({ method: 'upi_qr', state: 'paid', id: qr.id });
    expect(await cast.availableTo(payer)).toBe(rupees(3_000) - bill.total);
  });

  it('that is declined on the phone has ended, says why, and has cost nothing', async () => {
    const { payer, who } = await careful('declines', 1);
    const { id } = await order(who, `${run}.declines`, 'upi_qr');
    const qr = await shown(who, id);
    await answers(qr.id, 'decline');
    const failed = await orderIn(who, id, 'PAYMENT_FAILED');
    expect(failed.payment).toEqual({
      ...{ method: 'upi_qr', state: 'failed', id: qr.id },
      reason: 'PaymentDeclinedError',
    });
    expect(await cast.availableTo(payer)).toBe(rupees(3_000));
  });

  it('that is cancelled while the phone still asks gives back what is paid afterwards, all of it', async () => {
    const { payer, who } = await careful('regrets', 2);
    const { id, bill } = await order(who, `${run}.regrets`, 'upi_qr');
    const qr = await shown(who, id);
    const { body: cancellation } = await who.doors.cancelOrder({
      path: { orderId: id },
      body: { reason: 'too late for supper' },
    });
    expect(cancellation).toMatchObject({ refund: 0, kept: 0, refundState: 'none' });
    expect((await who.doors.getOrder({ path: { orderId: id } })).body.payment).not.toHaveProperty('approval');
    await answers(qr.id, 'approve');
    await orderIn(who, id, 'REFUNDED');
    expect((await who.doors.getCancellation({ path: { orderId: id } })).body).toMatchObject({
      ...{ by: 'customer', refund: bill.total, kept: 0, refundState: 'completed' },
    });
    expect(await cast.availableTo(payer)).toBe(rupees(3_000));
  });
});

describe('an order from a wallet', () => {
  it.each([
    ['crash', 'after'],
    ['duplicate', 'before'],
  ] as const)('is paid once although who pays it meets a %s %s', async (kind, point) => {
    const name = `${kind}s`;
    const { payer, who } = await hungry(name, kind === 'crash' ? 3 : 4, { wallet: 2_000 });
    const { traceId, call } = armoury.traced();
    await armoury.arm({ function: 'zomato-ordering-pay-order', kind, point, about: traceId });
    await queues.whileImpatient('zomato-ordering-pay-order', 2, async () => {
      const { id, bill } = await call(() => order(who, `${run}.${name}`));
      const { payment } = await orderIn(who, id, 'PAYMENT_CONFIRMED');
      // The message of the one who died has come again, and found what he had done.
      await queues.drained('zomato-ordering-pay-order');
      expect((await armoury.left()).filter(({ about }) => about === traceId)).toEqual([]);
      const { body: wallet } = await payer.doors.getWallet({ path: { userId: payer.id } });
      expect(wallet.balance).toBe(rupees(2_000) - bill.total);
      const { body: payments } = await payer.doors.listPayments({ query: {} });
      expect(payments.items.map((one) => one.id)).toEqual([payment.id]);
    });
  });
});
