import { beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../functions/sandbox-bank/contract.ts';
import { ParkedMessage } from '../../../shared/messaging/queue.ts';
import { rupees } from '../../../shared/money/index.ts';
import { ended, type Person, pay, stepOf } from '../../story/cast.ts';
import { all } from '../../story/read-books.ts';
import { rings } from '../alarms.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { unlessStock } from '../stock.ts';

const { bank, cast, city, differences, operator, run } = openCity();
const MINUTE = 60_000;
const AMOUNT = 75;
const PARKING = 'paytm-saga-parking';
const ALARM = `${PARKING}-not-empty`;

describe('a payment whose money has to go back to an account that takes none', () => {
  let payer: Person;
  let payment: Awaited<ReturnType<typeof pay>>['id'];
  const behave = (body: Partial<Behaviour>) => bank.changeAccount({ path: { id: payer.account }, body });
  const needingAttention = async () => {
    const payments = await all(async (cursor) => {
      const query = { state: 'needs_attention', limit: 100, ...(cursor ? { cursor } : {}) } as const;
      return (await operator.listPayments({ query })).body;
    });
    return payments.map(({ id }) => id);
  };
  /** They stay where they are: it is the resumption that takes them out. */
  const letters = async () => {
    const parked = (await queuesOf(city).look(PARKING)).map((body) => ParkedMessage.parse(JSON.parse(body)));
    return parked.filter(({ body }) => body.includes(payment));
  };
  const resume = (idempotencyKey: string) =>
    operator.resumePayment({
      path: { paymentId: payment },
      body: { reason: 'the account takes money again' },
      idempotencyKey,
    });

  beforeAll(async () => {
    const [asha, merchant] = await Promise.all([cast.person('stuck'), cast.merchant('stuck')]);
    payer = asha;
    // Between its third step and its seventh the merchant is frozen: while its bank is out, a payment gets no further.
    await behave({ outage: true, creditsBlocked: true });
    payment = (await pay(payer, { reference: 'stuck', merchant, amount: AMOUNT })).id;
    await stepOf(payer, payment, 'reserve_funds');
    await operator.changeMerchant({ path: { merchantId: merchant }, body: { settlement: 'frozen' } });
    await behave({ outage: false });
    expect((await ended(payer, payment, MINUTE)).status).toBe('needs_attention');
  }, 2 * MINUTE);

  it('is parked with the reason, in a queue whose alarm rings', async () => {
    await unlessStock('an alarm rings', () => rings(city, ALARM));
    expect(await letters()).toMatchObject([{ error: 'CreditsBlockedError' }]);
  });

  it('is listed for the operator, and its money counts as held', async () => {
    await expect.poll(needingAttention).toContain(payment);
    expect(await differences()).toEqual([]);
    const { body } = await bank.getAccount({ path: { id: payer.account } });
    expect(body).toMatchObject({ available: rupees(100_000 - AMOUNT) });
  });

  it('is resumed by nobody but an operator', async () => {
    const call = {
      path: { paymentId: payment },
      body: { reason: 'I want it back' },
      idempotencyKey: `${run}.mine`,
    };
    await expect(payer.doors.resumePayment(call)).rejects.toMatchObject({ name: 'ForbiddenError' });
  });

  it('is resumed once the account is open, and gives everything back, once', async () => {
    await behave({ creditsBlocked: false });
    const first = await resume(`${run}.resume`);
    expect(first.status).toBe(202);
    expect((await resume(`${run}.resume`)).body.id).toBe(payment);
    const gone = await ended(payer, payment);
    expect(gone.status).toBe('compensated');
    expect(gone.undone[0]).toMatchObject({ step: 'process_payment', outcome: 'reversed' });
    const { body } = await bank.getAccount({ path: { id: payer.account } });
    expect(body).toMatchObject({ available: rupees(100_000), held: 0 });
  });

  it('is off the list then, cannot be resumed again, and the books are in order', async () => {
    await expect.poll(needingAttention).not.toContain(payment);
    await expect(resume(`${run}.again`)).rejects.toMatchObject({ name: 'NothingToResumeError' });
    expect(await differences()).toEqual([]);
  });

  it('has left the parking queue, so that its alarm ends a minute later', async () => {
    expect(await letters()).toEqual([]);
    // The minute is the parity suite's to wait for: "An alarm rings when its metric crosses the threshold, is OK again …"
    await queuesOf(city).drained(PARKING);
  });
});
