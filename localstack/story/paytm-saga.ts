import { routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { routes as bankRoutes } from '../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../shared/money/index.ts';
import { castOf, ended, merchantAt, type Person, paidBack, pay, stepOf } from './cast.ts';
import { closeCityBooks } from './city-books.ts';
import { roughDay } from './paytm-saga-rough.ts';
import type { Expectation, Script, Story } from './run.ts';

/**
 * The payment saga: the three payments of the original, and what it never survived. Every run makes its own users,
 * accounts and merchants, so that it passes any number of times on one state.
 */
export const paytmSaga: Story = async (script: Script): Promise<Expectation[]> => {
  const { stage, run, whole, tell } = script;
  const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  const cast = castOf(stage, run);

  tell('cast');
  const [mumbai, bandra, blocked, kurla, dadar, couple] = await Promise.all([
    cast.person('user_mumbai_123'),
    cast.person('user_bandra_789', { wallet: 25_000 }),
    cast.person('BLOCKED_user_999', { blocked: true }),
    cast.person('user_kurla_222'),
    cast.person('user_dadar_333'),
    cast.person('user_couple_444', { wallet: 1_000 }),
  ]);
  const [stall, mobiles, fort, frozen] = await Promise.all([
    cast.merchant('merchant_dadar_456'),
    cast.merchant('merchant_andheri_321'),
    cast.merchant('merchant_fort_111'),
    cast.merchant('merchant_kurla_777'),
  ]);

  tell('three side by side');
  const [one, two, three] = await Promise.all([
    pay(mumbai, { reference: 'PAY_001', merchant: stall, amount: 1_500 }),
    pay(bandra, { reference: 'PAY_002', merchant: mobiles, amount: 25_000, method: 'paytm_wallet' }),
    pay(blocked, { reference: 'PAY_003', merchant: fort, amount: 5_000, method: 'credit_card' }),
  ]);

  tell('frozen half-way');
  // While the bank is out of reach nobody gets past step 5, however long the freeze takes.
  await bank.changeAccount({ path: { id: kurla.account }, body: { outage: true } });
  const four = await pay(kurla, { reference: 'PAY_004', merchant: frozen, amount: 2_000 });
  await stepOf(kurla, four.id, 'reserve_funds');
  await operator.changeMerchant({ path: { merchantId: frozen }, body: { settlement: 'frozen' } });
  await bank.changeAccount({ path: { id: kurla.account }, body: { outage: false } });

  tell('started twice');
  const impatient = { reference: 'PAY_005', merchant: stall, amount: 300, key: 'same-key' };
  const twice = await Promise.all([pay(dadar, impatient), pay(dadar, impatient)]);

  tell('two at once');
  const race = await Promise.all(
    ['PAY_006', 'PAY_007'].map((reference) =>
      pay(couple, { reference, merchant: stall, amount: 800, method: 'paytm_wallet' }),
    ),
  );

  const [first, second, third, fourth, fifth] = await Promise.all([
    ended(mumbai, one.id),
    ended(bandra, two.id),
    ended(blocked, three.id),
    ended(kurla, four.id),
    ended(dadar, twice[0].id),
  ]);
  const pair = await Promise.all(race.map(({ id }) => ended(couple, id)));
  tell('endings', { payments: [first, second, third, fourth, fifth, ...pair] });

  tell('given back');
  const vendor = merchantAt(stage, stall);
  const { body: asked } = await vendor.refundPayment({
    path: { paymentId: one.id },
    body: { amount: rupees(500), reason: 'one of three was cold' },
    idempotencyKey: `${run}.cold`,
  });
  const refund = await paidBack(vendor, one.id, asked.id);

  const rough = whole ? await roughDay(script) : [];
  const books = await closeCityBooks(stage);
  tell('books', { books });

  const walletOf = async ({ id, doors }: Person) =>
    (await doors.getWallet({ path: { userId: id } })).body.balance;
  return [
    { what: 'PAY_001 completes', expected: 'completed', seen: first.status },
    { what: 'its merchant gets Rs 1,455.00', expected: rupees(1_455), seen: first.merchantAmount },
    { what: 'its commission is Rs 38.14', expected: rupees('38.14'), seen: first.commission },
    { what: 'and Rs 6.86 of tax', expected: rupees('6.86'), seen: first.gst },
    { what: 'PAY_002 completes', expected: 'completed', seen: second.status },
    { what: 'its merchant gets Rs 24,250.00', expected: rupees(24_250), seen: second.merchantAmount },
    { what: 'its wallet is empty', expected: 0, seen: await walletOf(bandra) },
    { what: 'PAY_003 is refused', expected: 'refused', seen: third.status },
    { what: 'because the user is blocked', expected: 'UserBlockedError', seen: third.reason?.name },
    { what: 'PAY_004 is compensated', expected: 'compensated', seen: fourth.status },
    { what: 'because the account was frozen', expected: 'SettlementFrozenError', seen: fourth.reason?.name },
    {
      what: 'its payer has all their money',
      expected: rupees(100_000),
      seen: await cast.availableTo(kurla),
    },
    { what: 'PAY_005, started twice, is one payment', expected: twice[0].id, seen: twice[1].id },
    { what: 'and completes', expected: 'completed', seen: fifth.status },
    {
      what: 'of two payments on one wallet one completes and one is refused',
      expected: 'completed, refused',
      seen: pair
        .map(({ status }) => status)
        .sort()
        .join(', '),
    },
    { what: 'and the wallet keeps the rest', expected: rupees(200), seen: await walletOf(couple) },
    { what: 'a third of PAY_001 is given back', expected: 'completed', seen: refund.status },
    { what: 'of which the merchant gives Rs 485.00', expected: rupees(485), seen: refund.merchantAmount },
    { what: 'and its payer has it', expected: rupees(99_000), seen: await cast.availableTo(mumbai) },
    ...rough,
    ...books.map(({ what, holds, seen }) => ({
      what: what.en,
      expected: 'holds',
      seen: holds ? 'holds' : seen.en,
    })),
  ];
};
