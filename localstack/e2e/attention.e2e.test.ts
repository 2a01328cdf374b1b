import { beforeAll, describe, expect, it } from 'vitest';
import { rupees } from '../../shared/money/index.ts';
import { ended, type Person, pay, stepOf } from '../story/cast.ts';
import { all } from '../story/read-books.ts';
import { openCity } from './city.ts';
import { executionsOf } from './executions.ts';
import { queuesOf } from './queues.ts';
import { stopWorkers } from './workers.ts';

const { bank, cast, city, differences, operator, run } = openCity();
const { asks } = executionsOf(city, 'paytm-saga-payment');
const MINUTES = 60_000;
const AMOUNT = 75;

describe('a payment whose bank is away when its money has to go back', () => {
  let payer: Person;
  let payment: Awaited<ReturnType<typeof pay>>['id'];
  const outage = (on: boolean) => bank.changeAccount({ path: { id: payer.account }, body: { outage: on } });
  const needingAttention = async () => {
    const payments = await all(async (cursor) => {
      const query = { state: 'needs_attention', limit: 100, ...(cursor ? { cursor } : {}) } as const;
      return (await operator.listPayments({ query })).body;
    });
    return payments.map(({ id }) => id);
  };
  const resume = (idempotencyKey: string) =>
    operator.resumePayment({
      path: { paymentId: payment },
      body: { reason: 'the bank is back' },
      idempotencyKey,
    });

  beforeAll(async () => {
    const [asha, merchant] = await Promise.all([cast.person('stuck'), cast.merchant('stuck')]);
    payer = asha;
    // Refused for want of money, which warms the worker up that turns payments back.
    const poor = await pay(payer, { reference: 'poor', merchant, amount: 1, method: 'paytm_wallet' });
    await ended(payer, poor.id);

    await outage(true);
    payment = (await pay(payer, { reference: 'stuck', merchant, amount: AMOUNT })).id;
    await stepOf(payer, payment, 'reserve_funds');
    await operator.changeMerchant({ path: { merchantId: merchant }, body: { settlement: 'frozen' } });
    const workers = stopWorkers('paytm-saga-turn-back', city.endpoint);
    try {
      await outage(false);
      await asks(payment, 'TurnBack');
      await outage(true);
    } finally {
      workers.goOn();
    }
    // The machine insists for about a minute before it asks for a person.
    expect((await ended(payer, payment, 3 * MINUTES)).status).toBe('needs_attention');
  }, 4 * MINUTES);

  it('is parked with the reason, in a queue that alarms', async () => {
    const parked = await queuesOf(city).parked('paytm-saga-parking', payment);
    expect(parked).toMatchObject({ error: expect.stringMatching(/Error$/) });
    expect(city.systems['paytm-saga']?.alarms).toContain('paytm-saga-parking-not-empty');
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

  it('is resumed once the bank is back, and gives everything back, once', async () => {
    await outage(false);
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
});
