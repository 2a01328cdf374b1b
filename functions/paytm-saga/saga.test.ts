import { beforeAll, describe, expect, it, vi } from 'vitest';
import { TransientError } from '../../shared/errors/index.ts';
import { rupees } from '../../shared/money/index.ts';
import { DEADLINE_MS, MERCHANT, PAYER, START } from './city.fixture.ts';
import type { Method } from './contract.ts';
import { TASKS, type Task } from './machine.fixture.ts';
import { onePayment, PAYMENT } from './one-payment.fixture.ts';
import { resumeOf, sweepOnce } from './operator.fixture.ts';
import { reserveFundsStep } from './steps/reserve-funds.ts';
import { merchantChanged, merchantPaid } from './store/people.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

const silent = async () => {
  throw new TransientError({ reason: 'the bank does not answer' });
};

describe('a payment', () => {
  it.each(['upi', 'paytm_wallet', 'credit_card', 'debit_card', 'net_banking', 'emi'] as const)(
    'by %s completes, and its money is where it belongs',
    async (method: Method) => {
      const city = await onePayment({ method, wallet: 150_000 });
      expect(await city.execute()).toBe('Completed');
      expect(await city.record()).toMatchObject({ status: 'completed', skipped: [] });
      expect(await city.balanceOf(`merchant:${MERCHANT}`)).toBe(145_500);
      expect(await city.balanceOf('commission')).toBe(3_814);
      expect(await city.balanceOf('gst-output')).toBe(686);
      expect(await city.balanceOf(`hold:${PAYER}`)).toBe(0);
      expect((await city.wallets.find(PAYER))?.balance).toBe(method === 'paytm_wallet' ? 0 : 150_000);
    },
  );

  it('is refused when the wallet does not hold it, and nothing has moved', async () => {
    const city = await onePayment({ method: 'paytm_wallet', wallet: 149_999 });
    expect(await city.execute()).toBe('Refused');
    expect((await city.record()).turn?.error).toBe('InsufficientFundsError');
    expect((await city.wallets.find(PAYER))?.balance).toBe(149_999);
  });

  it('is refused when the bank declines the hold', async () => {
    const city = await onePayment();
    city.behaviour.declines = true;
    expect(await city.execute()).toBe('Refused');
    expect((await city.record()).undone).toMatchObject({ reserve_funds: { outcome: 'nothing' } });
  });

  it('is compensated when the settlement account was frozen after step 3', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await city.effects.commit({
      effect: { owner: 'test', name: 'freeze' },
      changes: [merchantChanged(MERCHANT, { settlement: 'frozen' })],
      answer: null,
    });
    expect(await city.execute()).toBe('Compensated');
    expect(city.trail.slice(-7)).toEqual([
      'TurnBack',
      'Route',
      'RefundCharge',
      'ReleaseHold',
      'Close',
      'Route',
      'Compensated',
    ]);
    expect(city.charge()).toBe('refunded');
    expect(city.clearing()).toBe(0);
    expect(await city.balanceOf('bank-clearing')).toBe(0);
    expect(await city.balanceOf(`hold:${PAYER}`)).toBe(0);
  });

  const dayBrings = (city: Awaited<ReturnType<typeof onePayment>>, amount: number) =>
    city.effects.commit({
      effect: { owner: 'test', name: 'others' },
      changes: [merchantPaid(MERCHANT, rupees(amount), new Date(START))],
      answer: null,
    });

  it('is refused when the merchant has had so much of the day already, and not a rupee before', async () => {
    const full = await onePayment();
    await dayBrings(full, 998_501);
    expect(await full.execute()).toBe('Refused');
    expect((await full.record()).turn).toMatchObject({ error: 'MerchantDailyLimitError' });
    const last = await onePayment();
    await dayBrings(last, 998_500);
    expect(await last.execute()).toBe('Completed');
  });

  it('is compensated when others bring the merchant the rest of the day after step 3', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await dayBrings(city, 998_501);
    expect(await city.execute()).toBe('Compensated');
    expect((await city.record()).turn).toMatchObject({ error: 'MerchantDailyLimitError' });
    expect(await city.balanceOf(`merchant:${MERCHANT}`)).toBe(0);
    expect(city.charge()).toBe('refunded');
  });

  it('from the wallet gets back what was held when it turns back', async () => {
    const city = await onePayment({ method: 'paytm_wallet', wallet: 150_000 });
    await city.execute(1, { dieAt: 'SettleMerchant' });
    expect((await city.wallets.find(PAYER))?.balance).toBe(0);
    await city.effects.commit({
      effect: { owner: 'test', name: 'suspend' },
      changes: [merchantChanged(MERCHANT, { suspended: true })],
      answer: null,
    });
    expect(await city.execute()).toBe('Compensated');
    expect((await city.wallets.find(PAYER))?.balance).toBe(150_000);
  });

  it('turns back when its deadline has passed before the pivot', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'ProcessPayment' });
    city.clock.advance(DEADLINE_MS + 1);
    expect(await city.execute()).toBe('Compensated');
    expect((await city.record()).turn?.error).toBe('DeadlinePassedError');
  });

  it('never turns back behind the pivot, however late it is', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'NotifyMerchant' });
    city.clock.advance(DEADLINE_MS + 1);
    expect(await city.execute()).toBe('Completed');
  });

  it('undoes a hold whose answer was lost, when the bank does not say either what became of it', async () => {
    const city = await onePayment();
    city.bank.learn = silent;
    await city.execute(1, { dieAt: 'ReserveFunds' });
    const { hold } = city.bank;
    city.bank.hold = async (...order) => {
      await hold(...order);
      throw new TransientError({ reason: 'the line broke' });
    };
    expect(await city.execute()).toBe('Compensated');
    expect(city.charge()).toBe('voided');
  });

  it('undoes a capture whose answer was lost, though the ledger never saw it', async () => {
    const city = await onePayment();
    city.bank.learn = silent;
    const { capture } = city.bank;
    city.bank.capture = async (key) => {
      await capture(key);
      throw new TransientError({ reason: 'the line broke' });
    };
    expect(await city.execute()).toBe('Compensated');
    expect(city.clearing()).toBe(0);
    expect(await city.balanceOf('bank-clearing')).toBe(0);
  });

  it('that cannot be undone needs attention: it is parked first, then marked', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await city.effects.commit({
      effect: { owner: 'test', name: 'freeze' },
      changes: [merchantChanged(MERCHANT, { settlement: 'frozen' })],
      answer: null,
    });
    city.outage.add('refund');
    expect(await city.execute()).toBe('NeedsAttention');
    expect(city.parked()).toEqual(['TransientError']);
    expect(await city.record()).toMatchObject({ status: 'needs_attention', attention: 'TransientError' });
  });

  it('that was resumed goes on where it stood, may need attention again, and ends when it can', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await city.effects.commit({
      effect: { owner: 'test', name: 'freeze' },
      changes: [merchantChanged(MERCHANT, { settlement: 'frozen' })],
      answer: null,
    });
    city.outage.add('refund');
    expect(await city.execute()).toBe('NeedsAttention');
    city.clock.advance(1);
    expect(await resumeOf(city as never, { id: PAYMENT, key: 'one' })).toBe(2);
    expect(await resumeOf(city as never, { id: PAYMENT, key: 'one' })).toBe(2);
    expect(city.started).toEqual([`${PAYMENT}.2`, `${PAYMENT}.2`]);
    expect(await city.execute(2)).toBe('NeedsAttention');
    expect(city.parked()).toEqual(['TransientError', 'TransientError']);

    city.outage.clear();
    city.clock.advance(1);
    expect(await resumeOf(city as never, { id: PAYMENT, key: 'two' })).toBe(3);
    expect(city.letters).toEqual([]);
    expect(await city.execute(1)).toBe('failed with SupersededError');
    expect(await city.execute(3)).toBe('Compensated');
    const late = resumeOf(city as never, { id: PAYMENT, key: 'three' });
    await expect(late).rejects.toMatchObject({ name: 'NothingToResumeError', status: 409 });
    expect(await city.record()).toMatchObject({
      status: 'compensated',
      resumptions: [
        { by: 'operator', reason: 'the bank is back', after: 'TransientError', execution: 2 },
        { execution: 3 },
      ],
    });
    expect(city.clearing()).toBe(0);
  });

  it('completes without a best-effort step that fails, and notes it', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'NotifyMerchant' });
    const { commit } = city.effects;
    city.effects.commit = async (what) => {
      if (what.effect.name === 'send_receipt') throw new TransientError({ reason: 'busy' });
      return commit(what);
    };
    expect(await city.execute()).toBe('Completed');
    expect(await city.record()).toMatchObject({ skipped: ['send_receipt'] });
  });
});

describe('two executions of one payment', () => {
  it('do every effect once when the first one dies at any state', async () => {
    for (const state of Object.keys(TASKS).filter((name) => name !== 'Park')) {
      const city = await onePayment();
      const first = await city.execute(1, { dieAt: state });
      if (first === 'died') expect(await city.execute(1), state).toBe('Completed');
      expect(city.clearing(), state).toBe(150_000);
      expect(await city.balanceOf(`merchant:${MERCHANT}`), state).toBe(145_500);
    }
  });

  it('are fenced: the older one changes nothing after the newer one may act', async () => {
    const city = await onePayment();
    await city.execute(1, { dieAt: 'ReserveFunds' });
    city.clock.advance(60_000);
    city.known.set(`${PAYMENT}.1`, 'ended');
    await sweepOnce(city as never);
    expect(city.started).toEqual([`${PAYMENT}.2`]);
    expect(await city.execute(1)).toBe('failed with SupersededError');
    const context = {
      executionId: `${PAYMENT}.1`,
      state: '',
      retryCount: 0,
      enteredAt: '',
      correlationId: '',
    };
    const input = { payment: PAYMENT, correlationId: 'c', traceparent: 't' };
    await expect(reserveFundsStep(city as never)(input, context)).rejects.toMatchObject({
      name: 'SupersededError',
    });
    expect(city.charge()).toBeUndefined();
    expect(await city.execute(2)).toBe('Completed');
  });

  it('and whatever is not named after the payment changes nothing, whichever step it calls', async () => {
    const names = [
      PAYMENT,
      `${PAYMENT}.`,
      `${PAYMENT}.0`,
      `${PAYMENT}.one`,
      `${PAYMENT}.1.1`,
      `${PAYMENT}0.1`,
    ];
    const others = [...names, 'by-hand', '', '3f2c9a1e', PAYMENT.replace('00003', '00004').concat('.1')];
    const city = await onePayment();
    const before = city.store.all();
    for (const executionId of others) {
      const context = { executionId, state: '', retryCount: 0, enteredAt: '', correlationId: '' };
      const input = { payment: PAYMENT, correlationId: 'c', traceparent: 't' };
      for (const task of ['Resume', 'ValidateUser', 'TurnBack', 'Close', 'Park'] as const) {
        const use: Task = TASKS[task];
        const called = use(city as never)(input as never, context as never);
        await expect(called, `${task} of ${executionId}`).rejects.toMatchObject({
          name: 'ForeignExecutionError',
          retryable: false,
        });
      }
    }
    expect([city.store.all(), city.parked()]).toEqual([before, []]);
  });
});
