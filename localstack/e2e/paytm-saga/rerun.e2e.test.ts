import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PaymentId, type PaymentView, routes } from '../../../functions/paytm-saga/contract.ts';
import { OperationKey } from '../../../functions/sandbox-bank/contract.ts';
import { askedToApprove, ended, type Person, pay } from '../../story/cast.ts';
import { armouryOf, type Fault } from '../armed.ts';
import { openCity } from '../city.ts';

const { bank, cast, city, differences, operator, run, stage } = openCity();
const armoury = armouryOf(stage);

describe('a payment that is made again', () => {
  let payer: Person;
  let first: PaymentView;
  let stall: Awaited<ReturnType<typeof cast.merchant>>;
  beforeAll(async () => {
    [payer, stall] = await Promise.all([cast.person('again'), cast.merchant('again')]);
    const { id } = await pay(payer, { reference: 'first', merchant: stall, amount: 1_500 });
    first = await ended(payer, id);
  });
  afterAll(() => armoury.disarm());

  const rerun = (name: string, doors: Pick<typeof operator, 'rerunPayment'> = operator) =>
    doors.rerunPayment({
      path: { paymentId: first.id },
      headers: { 'x-correlation-id': `${run}.${name}` },
      idempotencyKey: `${run}.${name}`,
    });
  const seen = async (paymentId: PaymentId) => (await operator.getPayment({ path: { paymentId } })).body;

  /** Arms what is about this rerun alone, makes it, and waits until it has ended and the fault has happened. */
  const rerunUnder = async (name: string, fault: Omit<Fault, 'about'>) => {
    const [armed] = await armoury.arm({ ...fault, about: `${run}.${name}` });
    // Somebody else's goes by meanwhile, and the fault lets it.
    const other = await pay(payer, { reference: `beside-${name}`, merchant: stall, amount: 10 });
    expect((await ended(payer, other.id)).status).toBe('completed');
    const { body } = await rerun(name);
    await ended(payer, body.id, 60_000);
    expect((await armoury.left()).map(({ id }) => id)).not.toContain(armed?.id);
    return seen(body.id);
  };

  it('is the same order by the same payer, and is followed at its Location', async () => {
    const { status, headers, body } = await rerun('plain');
    expect(status).toBe(202);
    const { id, reference, createdAt, ...order } = first;
    expect(body).toMatchObject({
      ...{ payer: order.payer, merchant: order.merchant, amount: order.amount, method: order.method },
      rerunOf: id,
    });
    expect(body.reference).not.toBe(reference);
    const base = `${city.systems['paytm-saga']?.url}/payments/${id}/reruns`;
    const found = await fetch(new URL(headers.location ?? '', base), {
      headers: { Authorization: `Bearer ${await stage.operator('paytm-saga')}` },
    });
    expect(await found.json()).toMatchObject({ id: body.id, rerunOf: id });
    expect((await ended(payer, body.id)).status).toBe('completed');
  });

  it('is compensated where the settlement is refused on command, and nobody else’s is', async () => {
    const { status, reason, rerunOf, undone } = await rerunUnder('refused', {
      ...{ function: 'paytm-saga-settle-merchant', kind: 'error', error: 'SettlementFrozenError' },
    });
    expect({ status, reason: reason?.name, rerunOf }).toEqual({
      ...{ status: 'compensated', reason: 'SettlementFrozenError', rerunOf: first.id },
    });
    expect(undone).toMatchObject([
      { step: 'process_payment', outcome: 'reversed' },
      { step: 'reserve_funds', outcome: expect.any(String) },
    ]);
  });

  it('completes once where its charge dies after the effect', async () => {
    const again = await rerunUnder('crash', {
      ...{ function: 'paytm-saga-process-payment', kind: 'crash', point: 'after' },
    });
    expect(again).toMatchObject({ status: 'completed', rerunOf: first.id, undone: [] });
  });

  it('is one for a key, however often it is asked for', async () => {
    const { body } = await rerun('twice');
    expect((await rerun('twice')).body.id).toBe(body.id);
    expect((await ended(payer, body.id)).status).toBe('completed');
  });

  it('asks its payer as the first one did', async () => {
    const careful = await cast.person('careful');
    const { id } = await pay(careful, {
      reference: 'asked',
      merchant: stall,
      amount: 10,
      upi: { flow: 'qr' },
    });
    await ended(careful, id);
    await bank.changeAccount({ path: { id: careful.account }, body: { approvals: 'by_hand' } });
    const again = { path: { paymentId: id }, idempotencyKey: `${run}.asked` };
    const { body } = await operator.rerunPayment(again);
    expect(await askedToApprove(careful, body.id)).toMatchObject({ flow: 'qr' });
    await bank.answerRequest({
      path: { key: OperationKey.parse(body.id) },
      body: { decision: 'approve' },
    });
    expect((await ended(careful, body.id)).status).toBe('completed');
  });

  it('is an operator’s to ask for', async () => {
    for (const role of ['viewer', 'customer', 'merchant'] as const) {
      const who = role === 'customer' ? first.payer : role === 'merchant' ? first.merchant : `v-${run}`;
      const doors = stage.as(stage.subject(who, role), 'paytm-saga', routes);
      await expect(rerun('mine', doors)).rejects.toMatchObject({ name: 'ForbiddenError', status: 403 });
    }
  });

  it('has to be there', async () => {
    const paymentId = PaymentId.parse('payment_0198c0de-0000-7000-8000-00000000dead');
    await expect(
      operator.rerunPayment({ path: { paymentId }, idempotencyKey: `${run}.nowhere` }),
    ).rejects.toMatchObject({ name: 'NotFoundError', status: 404 });
  });

  it('takes a correlation id that is one, and says where it is none', async () => {
    const asked = operator.rerunPayment({
      path: { paymentId: first.id },
      headers: { 'x-correlation-id': 'no id' },
      idempotencyKey: `${run}.bad`,
    });
    await expect(asked).rejects.toMatchObject({
      name: 'InvalidInputError',
      facts: { issues: [{ field: 'headers.x-correlation-id' }] },
    });
  });

  it('leaves the books in order', async () => {
    expect(await differences()).toEqual([]);
  });
});
