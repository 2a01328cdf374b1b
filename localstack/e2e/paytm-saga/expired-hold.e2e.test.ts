import { beforeAll, describe, expect, it } from 'vitest';
import type { Behaviour } from '../../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../../shared/money/index.ts';
import { ended, type Person, pay, stepOf } from '../../story/cast.ts';
import { openCity } from '../city.ts';
import { queuesOf } from '../queues.ts';
import { tableOf } from '../table.ts';

const { bank, cast, city, differences, operator } = openCity();
const queues = queuesOf(city);
const table = tableOf(city, 'paytm-saga', 'PaymentsName');
const MINUTE = 60_000;
const PARKING = 'paytm-saga-parking';

describe('a payment that needs attention for a quarter of an hour, and nobody comes', () => {
  let payer: Person;
  let payment: Awaited<ReturnType<typeof pay>>['id'];
  const behave = (body: Partial<Behaviour>) => bank.changeAccount({ path: { id: payer.account }, body });
  const letters = async () => (await queues.look(PARKING)).filter((body) => body.includes(payment));

  beforeAll(async () => {
    const [asha, merchant] = await Promise.all([cast.person('waits'), cast.merchant('waits')]);
    payer = asha;
    // As a payment is stuck whose merchant is frozen half-way, and whose payer's account takes nothing back.
    await behave({ outage: true, creditsBlocked: true });
    payment = (await pay(payer, { reference: 'waits', merchant, amount: 75 })).id;
    await stepOf(payer, payment, 'reserve_funds');
    await operator.changeMerchant({ path: { merchantId: merchant }, body: { settlement: 'frozen' } });
    await behave({ outage: false });
    expect((await ended(payer, payment, MINUTE)).status).toBe('needs_attention');
    expect(await letters()).toHaveLength(1);
  }, 2 * MINUTE);

  it('is turned back by the sweeper, which takes out its letter and leaves word', async () => {
    await behave({ creditsBlocked: false });
    const record = (await table.under(`PAYMENT#${payment}`)).find(({ sk }) => sk === 'PAYMENT');
    if (!record) throw new Error(`there is no record of ${payment}`);
    await table.age(record, ['createdAt'], 15 * MINUTE);
    await queues.send('paytm-saga-sweep', { sweep: 'payments' });
    const status = async () => (await payer.doors.getPayment({ path: { paymentId: payment } })).body.status;
    await expect.poll(status, { timeout: MINUTE }).toBe('compensated');
    const { body } = await bank.getAccount({ path: { id: payer.account } });
    expect(body).toMatchObject({ available: rupees(100_000), held: 0 });
    await expect.poll(letters, { timeout: MINUTE }).toEqual([]);
    expect((await operator.getPayment({ path: { paymentId: payment } })).body.resumptions).toMatchObject([
      { by: 'sweeper', reason: 'the hold expired', after: 'CreditsBlockedError', execution: 2 },
    ]);
    expect(await differences()).toEqual([]);
  });
});
