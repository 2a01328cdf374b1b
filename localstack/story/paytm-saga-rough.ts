import { type PaymentView, routes as sagaRoutes } from '../../functions/paytm-saga/contract.ts';
import { type Behaviour, routes as bankRoutes } from '../../functions/sandbox-bank/contract.ts';
import { rupees } from '../../shared/money/index.ts';
import { pause } from '../../shared/time/index.ts';
import { castOf, ended, type Person, pay, stepOf } from './cast.ts';
import type { Expectation, Script } from './run.ts';

/** Rupees that each payer of the storm brings, and what each of their payments costs. */
const PURSE = 1_000;
const TICKET = 20;
const PAYERS = 5;
const EACH = 10;
const BEFORE_THE_OUTAGE = 3;
const OUTAGE_MS = 10_000;

/** The acts of the payment saga that take longer: a refund that nobody takes, a QR that nobody scans, an outage in a rush. */
export const roughDay = async ({ stage, run, tell }: Script): Promise<Expectation[]> => {
  const operator = stage.as(stage.operator, 'paytm-saga', sagaRoutes);
  const bank = stage.as(stage.operator, 'sandbox-bank', bankRoutes);
  const cast = castOf(stage, run);
  const behave = ({ account }: Person, body: Partial<Behaviour>) =>
    bank.changeAccount({ path: { id: account }, body });

  /** It has to be undone, and the payer's account takes no money back: a person looks, and lets it go on. */
  const untilSomebodyResumes = async () => {
    const [payer, merchant] = await Promise.all([
      cast.person('user_byculla_555'),
      cast.merchant('merchant_parel_888'),
    ]);
    await behave(payer, { outage: true, creditsBlocked: true });
    const { id } = await pay(payer, { reference: 'PAY_008', merchant, amount: 900 });
    await stepOf(payer, id, 'reserve_funds');
    await operator.changeMerchant({ path: { merchantId: merchant }, body: { settlement: 'frozen' } });
    await behave(payer, { outage: false });
    const stuck = await ended(payer, id);
    const { body: seen } = await operator.getPayment({ path: { paymentId: id } });
    await behave(payer, { creditsBlocked: false });
    await operator.resumePayment({
      path: { paymentId: id },
      body: { reason: 'the account takes money again' },
      idempotencyKey: `${run}.resume`,
    });
    return {
      stuck,
      why: seen.attention,
      payment: await ended(payer, id),
      left: await cast.availableTo(payer),
    };
  };

  const nobodyScans = async () => {
    const [payer, merchant] = await Promise.all([
      cast.person('user_matunga_666'),
      cast.merchant('merchant_sion_999'),
    ]);
    await behave(payer, { approvals: 'by_hand' });
    const upi = { flow: 'qr', expiresInSeconds: 2 } as const;
    const { id } = await pay(payer, { reference: 'PAY_009', merchant, amount: 250, upi });
    return { payment: await ended(payer, id), left: await cast.availableTo(payer) };
  };

  /** Fifty payments, and in the middle of them their bank is out for ten seconds. */
  const inTheRush = async () => {
    const merchant = await cast.merchant('merchant_churchgate');
    const payers = await Promise.all(
      Array.from({ length: PAYERS }, (_, n) => cast.person(`commuter_${n}`, { bank: PURSE })),
    );
    const goesOut = Promise.withResolvers<void>();
    const everyBank = (outage: boolean) => Promise.all(payers.map((payer) => behave(payer, { outage })));
    /** One after the other, as a person pays; the bank goes out when the first has paid a few times. */
    const rushing = payers.map(async (payer, first) => {
      const payments: PaymentView[] = [];
      for (let n = 0; n < EACH; n += 1) {
        if (first === 0 && n === BEFORE_THE_OUTAGE) goesOut.resolve();
        const { id } = await pay(payer, { reference: `RUSH_${n}`, merchant, amount: TICKET });
        payments.push(await ended(payer, id));
      }
      return payments;
    });
    const outage = goesOut.promise.then(async () => {
      await everyBank(true);
      await pause(OUTAGE_MS);
      await everyBank(false);
    });
    const payments = (await Promise.all(rushing)).flat();
    await outage;
    const left = await Promise.all(payers.map(cast.availableTo));
    return { payments, left: left.reduce<number>((sum, one) => sum + one, 0) };
  };

  tell('rough day');
  const [stuck, unscanned, rush] = await Promise.all([untilSomebodyResumes(), nobodyScans(), inTheRush()]);
  tell('rough endings', { payments: [stuck.stuck, stuck.payment, unscanned.payment] });
  tell('the rush', { counts: Object.groupBy(rush.payments, ({ status }) => status) });

  const paid = rush.payments.filter(({ status }) => status === 'completed').length;
  const unfinished = rush.payments.filter(({ status }) => status === 'needs_attention').length;
  return [
    { what: 'PAY_008 cannot be undone at first', expected: 'needs_attention', seen: stuck.stuck.status },
    {
      what: 'because its account takes no money',
      expected: 'CreditsBlockedError',
      seen: stuck.why,
    },
    { what: 'and is compensated when it is let go on', expected: 'compensated', seen: stuck.payment.status },
    { what: 'its payer has all their money', expected: rupees(100_000), seen: stuck.left },
    {
      what: 'PAY_009 is refused, since nobody scans its QR',
      expected: 'refused',
      seen: unscanned.payment.status,
    },
    { what: 'and nothing was taken', expected: rupees(100_000), seen: unscanned.left },
    { what: 'all fifty of the rush have ended', expected: PAYERS * EACH, seen: rush.payments.length },
    { what: 'and none of them needs a person', expected: 0, seen: unfinished },
    {
      what: 'who did not pay in the rush has their money',
      expected: PAYERS * rupees(PURSE) - paid * rupees(TICKET),
      seen: rush.left,
    },
  ];
};
