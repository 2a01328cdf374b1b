import { beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/effects/index.ts';
import { TransientError } from '../../shared/errors/index.ts';
import { paise, rupees } from '../../shared/money/index.ts';
import type { State } from '../../statemachines/asl.ts';
import { payment as machine } from '../../statemachines/paytm-saga/payment.machine.ts';
import { sweep } from './consumers/sweep.ts';
import { MerchantId, type Method, PaymentId, UserId } from './contract.ts';
import { PaymentDeclinedError } from './domain/errors.ts';
import type { Payment } from './domain/payment.ts';
import type { Bank } from './domain/ports.ts';
import { checkFraudStep } from './steps/check-fraud.ts';
import { checkKycStep } from './steps/check-kyc.ts';
import { close } from './steps/close.ts';
import { notifyMerchantStep } from './steps/notify-merchant.ts';
import { park } from './steps/park.ts';
import { processPaymentStep } from './steps/process-payment.ts';
import { refundCharge } from './steps/refund-charge.ts';
import { releaseHold } from './steps/release-hold.ts';
import { reserveFundsStep } from './steps/reserve-funds.ts';
import { resume } from './steps/resume.ts';
import { sendReceiptStep } from './steps/send-receipt.ts';
import { settleMerchantStep } from './steps/settle-merchant.ts';
import { turnBack } from './steps/turn-back.ts';
import { updateAnalyticsStep } from './steps/update-analytics.ts';
import { validateMerchantStep } from './steps/validate-merchant.ts';
import { validateUserStep } from './steps/validate-user.ts';
import { opened } from './store/payments.ts';
import { merchantChanged, merchantRegistered, userRegistered } from './store/people.ts';
import { INDEXES, portsOn } from './store/ports.ts';
import { walletCredited, walletOpened } from './store/wallets.ts';

const PAYER = UserId.parse('user_0198c0de-0000-7000-8000-000000000001');
const MERCHANT = MerchantId.parse('merchant_0198c0de-0000-7000-8000-000000000002');
const PAYMENT = PaymentId.parse('payment_0198c0de-0000-7000-8000-000000000003');

/** Every state's Lambda, by the placeholder that the machine has for it. */
const TASKS = {
  Resume: resume,
  ValidateUser: validateUserStep,
  CheckKyc: checkKycStep,
  ValidateMerchant: validateMerchantStep,
  CheckFraud: checkFraudStep,
  ReserveFunds: reserveFundsStep,
  ProcessPayment: processPaymentStep,
  SettleMerchant: settleMerchantStep,
  NotifyMerchant: notifyMerchantStep,
  SendReceipt: sendReceiptStep,
  UpdateAnalytics: updateAnalyticsStep,
  TurnBack: turnBack,
  RefundCharge: refundCharge,
  ReleaseHold: releaseHold,
  Close: close,
  Park: park,
} as const;

/** A bank in memory, idempotent by key, with marks for what was cancelled. */
const memoryBank = () => {
  const holds = new Map<string, 'held' | 'captured' | 'refunded' | 'voided' | 'cancelled' | 'declined'>();
  const faults = { decline: false, outage: new Set<keyof Bank>() };
  let clearing = 0;
  const reach = (call: keyof Bank) => {
    if (faults.outage.has(call)) throw new TransientError({ reason: `the bank does not answer ${call}` });
  };
  const amounts = new Map<string, number>();
  const bank: Bank = {
    async hold(key, { amount }) {
      reach('hold');
      const known = holds.get(key);
      if (known === 'cancelled' || known === 'voided' || faults.decline) {
        holds.set(key, known ?? 'declined');
        throw new PaymentDeclinedError({ code: known ?? 'Z9' });
      }
      if (!known) holds.set(key, 'held');
      amounts.set(key, amount);
      return { reference: `bank-${key}` };
    },
    async capture(key) {
      reach('capture');
      if (holds.get(key) === 'held') {
        holds.set(key, 'captured');
        clearing += amounts.get(key) ?? 0;
      }
      if (holds.get(key) !== 'captured') throw new PaymentDeclinedError({ code: 'cancelled' });
      return { reference: `bank-${key}` };
    },
    async refund(key) {
      reach('refund');
      if (holds.get(key) === 'captured') {
        holds.set(key, 'refunded');
        clearing -= amounts.get(key) ?? 0;
      }
      return holds.get(key) === 'refunded' ? 'reversed' : 'nothing';
    },
    async release(key) {
      reach('release');
      const known = holds.get(key);
      if (known === 'held') holds.set(key, 'voided');
      if (known === undefined) holds.set(key, 'cancelled');
      return holds.get(key) === 'voided' ? 'reversed' : 'nothing';
    },
    async debit(key) {
      reach('debit');
      return { reference: `bank-${key}` };
    },
  };
  return { bank, faults, holds, clearing: () => clearing };
};

let clock = Date.parse('2026-11-24T10:00:00.000Z');
let count = 0;

/** One payment under way, on a store in memory. */
const world = async (
  over: Partial<Pick<Payment, 'method' | 'amount' | 'deadline'>> & { wallet?: number } = {},
) => {
  const store = memoryStore({ indexes: INDEXES });
  const { bank, faults, holds, clearing } = memoryBank();
  const parked: string[] = [];
  const known = new Map<string, 'running' | 'ended'>();
  const started: string[] = [];
  const ports = {
    ...portsOn(store, {
      now: () => new Date(clock),
      ids: () => `0198c0de-0000-7000-8000-${String(++count).padStart(12, '0')}`,
      chance: () => 0.5,
      deadline: () => 5_000,
      pause: async () => {},
    }),
    bank,
    parking: { park: async ({ error }: { error: string }) => void parked.push(error) },
    executions: {
      start: async ({ id, actor }: { id: string; actor: number }) => {
        started.push(`${id}.${actor}`);
        known.set(`${id}.${actor}`, 'running');
      },
      state: async (id: string, actor: number) => known.get(`${id}.${actor}`) ?? ('absent' as const),
    },
  };
  const { wallet = 0, ...payment } = over;
  const at = new Date(clock).toISOString();
  await ports.effects.commit({
    effect: { owner: 'test', name: 'setup' },
    changes: [
      userRegistered({
        id: PAYER,
        name: 'Asha',
        phone: '+919812345678',
        kyc: 'full',
        blocked: false,
        disputes: 0,
        bankAccount: 'account_0198c0de-0000-7000-8000-000000000004',
        createdAt: at,
      }),
      walletOpened(PAYER, at),
      merchantRegistered({
        id: MERCHANT,
        name: 'Dadar Vada Pav',
        suspended: false,
        settlement: 'active',
        settlementAccount: 'settlement',
        createdAt: at,
      }),
      ...opened({
        id: PAYMENT,
        reference: 'PAY',
        payer: PAYER,
        merchant: MERCHANT,
        amount: rupees(1_500),
        method: 'upi',
        metadata: {},
        status: 'in_progress',
        direction: 'forward',
        actor: 1,
        steps: {},
        undone: {},
        deadline: new Date(clock + 300_000).toISOString(),
        createdAt: at,
        correlationId: 'correlation',
        traceparent: '00-00000000000000000000000000000001-0000000000000001-01',
        ...payment,
      }),
    ],
    answer: null,
  });
  if (wallet > 0) {
    await ports.effects.commit({
      effect: { owner: 'test', name: 'wallet' },
      changes: [walletCredited(PAYER, paise(wallet))],
      answer: null,
    });
  }
  const states: { readonly [name: string]: State<string> } = machine.States;
  const trail: string[] = [];

  /** Walks the real machine over the real use cases: Catch, Choice and the record, without its waits. */
  const execute = async (n = 1, { dieAt }: { dieAt?: string } = {}): Promise<string> => {
    const input = { payment: PAYMENT, correlationId: 'correlation', traceparent: 'trace' };
    let name: string = machine.StartAt;
    let next = '';
    let deadline = Infinity;
    let error: { error?: string; cause?: string } = {};
    for (;;) {
      trail.push(name);
      const state = states[name];
      if (!state || state.Type === 'Pass') throw new Error(`no such state: ${name}`);
      if (state.Type === 'Succeed' || state.Type === 'Fail') return name;
      if (state.Type === 'Choice') {
        if (name === 'InTime') {
          const late = clock > deadline;
          error = late ? { error: 'DeadlinePassedError', cause: '' } : error;
          name = late ? 'TurnBack' : state.Default;
        } else {
          name = state.Choices.find((choice) => choice.Next === next)?.Next ?? state.Default;
        }
        continue;
      }
      if (dieAt === name) return 'died';
      const use = TASKS[name as keyof typeof TASKS];
      const context = {
        executionId: `${PAYMENT}.${n}`,
        state: name,
        retryCount: 0,
        enteredAt: '',
        correlationId: '',
      };
      try {
        const result = (await use(ports as never)({ ...input, ...error }, context)) as {
          next?: string;
          deadline?: number;
        };
        next = result.next ?? next;
        deadline = result.deadline ?? deadline;
        name = state.Next;
      } catch (caught) {
        const to = state.Catch?.[0]?.Next;
        if (!to) return `failed with ${(caught as Error).name}`;
        error = { error: (caught as Error).name, cause: (caught as Error).message };
        name = to;
      }
    }
  };
  const balanceOf = async (account: string): Promise<number> => {
    let sum = 0;
    for (const shard of [0, 1, 2, 3]) {
      const { items } = await ports.ledger.ofDay('2026-11-24', shard, { limit: 100 });
      for (const line of items) if (line.account === account) sum += line.amount;
    }
    return sum;
  };
  return {
    ...ports,
    faults,
    holds,
    clearing,
    parked,
    started,
    known,
    trail,
    execute,
    balanceOf,
    record: () => ports.payments.load(PAYMENT),
  };
};

beforeEach(() => {
  clock = Date.parse('2026-11-24T10:00:00.000Z');
});

describe('a payment', () => {
  it.each(['upi', 'paytm_wallet', 'credit_card', 'debit_card', 'net_banking', 'emi'] as const)(
    'by %s completes, and its money is where it belongs',
    async (method: Method) => {
      const city = await world({ method, wallet: 150_000 });
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
    const city = await world({ method: 'paytm_wallet', wallet: 149_999 });
    expect(await city.execute()).toBe('Refused');
    expect((await city.record()).turn?.error).toBe('InsufficientFundsError');
    expect((await city.wallets.find(PAYER))?.balance).toBe(149_999);
  });

  it('is refused when the bank declines the hold', async () => {
    const city = await world();
    city.faults.decline = true;
    expect(await city.execute()).toBe('Refused');
    expect((await city.record()).undone).toMatchObject({ reserve_funds: { outcome: 'nothing' } });
  });

  it('is compensated when the settlement account was frozen after step 3', async () => {
    const city = await world();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await city.effects.commit({
      effect: { owner: 'test', name: 'freeze' },
      changes: [merchantChanged(MERCHANT, { settlement: 'frozen' })],
      answer: null,
    });
    expect(await city.execute()).toBe('Compensated');
    expect(city.trail.slice(-6)).toEqual(
      ['TurnBack', 'Route', 'RefundCharge', 'ReleaseHold', 'Close', 'Route'].concat('Compensated').slice(-6),
    );
    expect(city.holds.get(PAYMENT)).toBe('refunded');
    expect(city.clearing()).toBe(0);
    expect(await city.balanceOf('bank-clearing')).toBe(0);
    expect(await city.balanceOf(`hold:${PAYER}`)).toBe(0);
  });

  it('from the wallet gets back what was held when it turns back', async () => {
    const city = await world({ method: 'paytm_wallet', wallet: 150_000 });
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
    const city = await world();
    await city.execute(1, { dieAt: 'ProcessPayment' });
    clock += 300_001;
    expect(await city.execute()).toBe('Compensated');
    expect((await city.record()).turn?.error).toBe('DeadlinePassedError');
  });

  it('never turns back behind the pivot, however late it is', async () => {
    const city = await world();
    await city.execute(1, { dieAt: 'NotifyMerchant' });
    clock += 300_001;
    expect(await city.execute()).toBe('Completed');
  });

  it('undoes a hold whose answer was lost', async () => {
    const city = await world();
    await city.execute(1, { dieAt: 'ReserveFunds' });
    const { hold } = city.bank;
    city.bank.hold = async (...order) => {
      await hold(...order);
      throw new TransientError({ reason: 'the line broke' });
    };
    expect(await city.execute()).toBe('Compensated');
    expect(city.holds.get(PAYMENT)).toBe('voided');
  });

  it('undoes a capture whose answer was lost, though the ledger never saw it', async () => {
    const city = await world();
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
    const city = await world();
    await city.execute(1, { dieAt: 'SettleMerchant' });
    await city.effects.commit({
      effect: { owner: 'test', name: 'freeze' },
      changes: [merchantChanged(MERCHANT, { settlement: 'frozen' })],
      answer: null,
    });
    city.faults.outage.add('refund');
    expect(await city.execute()).toBe('NeedsAttention');
    expect(city.parked).toEqual(['TransientError']);
    expect(await city.record()).toMatchObject({ status: 'needs_attention', attention: 'TransientError' });
  });

  it('completes without a best-effort step that fails, and notes it', async () => {
    const city = await world();
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
      const city = await world();
      const first = await city.execute(1, { dieAt: state });
      if (first === 'died') expect(await city.execute(1), state).toBe('Completed');
      expect(city.clearing(), state).toBe(150_000);
      expect(await city.balanceOf(`merchant:${MERCHANT}`), state).toBe(145_500);
    }
  });

  it('are fenced: the older one changes nothing after the newer one may act', async () => {
    const city = await world();
    await city.execute(1, { dieAt: 'ReserveFunds' });
    clock += 60_000;
    city.known.set(`${PAYMENT}.1`, 'ended');
    await sweep(city as never)();
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
    expect(city.holds.size).toBe(0);
    expect(await city.execute(2)).toBe('Completed');
  });
});

describe('the sweeper', () => {
  it('starts what was recorded and never started', async () => {
    const city = await world();
    clock += 60_000;
    await sweep(city as never)();
    expect(city.started).toEqual([`${PAYMENT}.1`]);
  });

  it('leaves alone what runs, what is young, and what has ended', async () => {
    const young = await world();
    await sweep(young as never)();
    expect(young.started).toEqual([]);

    const running = await world();
    running.known.set(`${PAYMENT}.1`, 'running');
    clock += 60_000;
    await sweep(running as never)();
    expect(running.started).toEqual([]);

    clock -= 60_000;
    const over = await world();
    expect(await over.execute()).toBe('Completed');
    clock += 60_000;
    await sweep(over as never)();
    expect(over.started).toEqual([]);
  });

  it('parks after five executions', async () => {
    const city = await world();
    for (let n = 1; n <= 5; n++) {
      clock += 60_000;
      city.known.set(`${PAYMENT}.${n}`, 'ended');
      await sweep(city as never)();
    }
    expect(city.started).toEqual([2, 3, 4, 5].map((n) => `${PAYMENT}.${n}`));
    expect(city.parked).toEqual(['TooManyExecutionsError']);
    expect((await city.record()).status).toBe('needs_attention');
  });
});
