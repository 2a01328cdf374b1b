import { beforeEach, describe, expect, it } from 'vitest';
import { memoryStore } from '../../shared/effects/index.ts';
import { TransientError } from '../../shared/errors/index.ts';
import { fixedClock, sequenceIds } from '../../shared/testing/index.ts';
import { memoryBank } from './bank.fixture.ts';
import { DAY, DEADLINE_MS, MERCHANT, newPayment, PAYER, paymentId, START, settleIn } from './city.fixture.ts';
import { sweep } from './consumers/sweep.ts';
import { type Method, PaymentId } from './contract.ts';
import type { Payment } from './domain/payment.ts';
import type { Bank } from './domain/ports.ts';
import { EngineDied, TASKS, type Task, walk } from './machine.fixture.ts';
import { reserveFundsStep } from './steps/reserve-funds.ts';
import { opened } from './store/payments.ts';
import { merchantChanged } from './store/people.ts';
import { INDEXES, portsOn } from './store/ports.ts';

const PAYMENT = paymentId(0);
let clock = fixedClock(START);

/** One payment under way, on a store in memory. */
const world = async ({ wallet = 0, ...over }: Partial<Payment> & { wallet?: number } = {}) => {
  const store = memoryStore({ indexes: INDEXES });
  await settleIn(store, { wallet, payments: [newPayment(over)] });
  const { bank, behaviour, charges, clearing } = memoryBank();
  const outage = new Set<keyof Bank>();
  const parked: string[] = [];
  const known = new Map<string, 'running' | 'ended'>();
  const started: string[] = [];
  const ports = {
    ...portsOn(store, {
      now: () => clock.now(),
      ids: sequenceIds(),
      chance: () => 0.5,
      deadline: () => 5_000,
      pause: async () => {},
    }),
    bank: {
      ...bank,
      async refund(key: string) {
        if (outage.has('refund')) throw new TransientError({ reason: 'the bank does not answer' });
        return bank.refund(key);
      },
    },
    parking: { park: async ({ error }: { error: string }) => void parked.push(error) },
    executions: {
      start: async ({ id, actor }: { id: string; actor: number }) => {
        started.push(`${id}.${actor}`);
        known.set(`${id}.${actor}`, 'running');
      },
      state: async (id: string, actor: number) => known.get(`${id}.${actor}`) ?? ('absent' as const),
    },
  };
  const trail: string[] = [];

  /** One execution of the real machine; `dieAt` a state, the engine dies before that state's Lambda is called. */
  const execute = async (n = 1, { dieAt }: { dieAt?: string } = {}): Promise<string> => {
    try {
      return await walk({
        executionId: `${PAYMENT}.${n}`,
        input: { payment: PAYMENT, correlationId: 'correlation', traceparent: 'trace' },
        now: () => clock.now().getTime(),
        went: (way) => trail.push(way),
        invoke: async (task, { context, input }) => {
          if (context.state === dieAt) throw new EngineDied();
          const use: Task = TASKS[task];
          return use(ports as never)(input as never, context as never);
        },
      });
    } catch (caught) {
      if (caught instanceof EngineDied) return 'died';
      throw caught;
    }
  };
  const balanceOf = async (account: string): Promise<number> => {
    let sum = 0;
    for (const shard of [0, 1, 2, 3]) {
      const { items } = await ports.ledger.ofDay(DAY, shard, { limit: 100 });
      for (const line of items) if (line.account === account) sum += line.amount;
    }
    return sum;
  };
  return {
    ...ports,
    store,
    behaviour,
    outage,
    charge: () => charges.get(PAYMENT)?.state,
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
  clock = fixedClock(START);
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
    city.behaviour.declines = true;
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
    expect(city.trail.slice(-6)).toEqual([
      'TurnBack → Route',
      'Route → RefundCharge',
      'RefundCharge → ReleaseHold',
      'ReleaseHold → Close',
      'Close → Route',
      'Route → Compensated',
    ]);
    expect(city.charge()).toBe('refunded');
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
    clock.advance(DEADLINE_MS + 1);
    expect(await city.execute()).toBe('Compensated');
    expect((await city.record()).turn?.error).toBe('DeadlinePassedError');
  });

  it('never turns back behind the pivot, however late it is', async () => {
    const city = await world();
    await city.execute(1, { dieAt: 'NotifyMerchant' });
    clock.advance(DEADLINE_MS + 1);
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
    expect(city.charge()).toBe('voided');
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
    city.outage.add('refund');
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
    clock.advance(60_000);
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
    expect(city.charge()).toBeUndefined();
    expect(await city.execute(2)).toBe('Completed');
  });
});

describe('the sweeper', () => {
  it('starts what was recorded and never started', async () => {
    const city = await world();
    clock.advance(60_000);
    await sweep(city as never)();
    expect(city.started).toEqual([`${PAYMENT}.1`]);
  });

  it('leaves alone what runs, what is young, and what has ended', async () => {
    const young = await world();
    await sweep(young as never)();
    expect(young.started).toEqual([]);

    const running = await world();
    running.known.set(`${PAYMENT}.1`, 'running');
    clock.advance(60_000);
    await sweep(running as never)();
    expect(running.started).toEqual([]);

    clock.advance(-60_000);
    const over = await world();
    expect(await over.execute()).toBe('Completed');
    clock.advance(60_000);
    await sweep(over as never)();
    expect(over.started).toEqual([]);
  });

  it('parks after five executions', async () => {
    const city = await world();
    for (let n = 1; n <= 5; n++) {
      clock.advance(60_000);
      city.known.set(`${PAYMENT}.${n}`, 'ended');
      await sweep(city as never)();
    }
    expect(city.started).toEqual([2, 3, 4, 5].map((n) => `${PAYMENT}.${n}`));
    expect(city.parked).toEqual(['TooManyExecutionsError']);
    expect((await city.record()).status).toBe('needs_attention');
  });

  it('looks into every shard, however many payments run in one of them', async () => {
    const city = await world();
    for (let n = 0; n < 120; n += 1) {
      const id = PaymentId.parse(`payment_0198c0de-0000-7000-8000-0000000${String(1000 + n)}0`);
      await city.store.transact(opened(newPayment({ id })));
      city.known.set(`${id}.1`, 'running');
    }
    await city.store.transact(opened(newPayment({ id: paymentId(3) })));
    clock.advance(60_000);
    await sweep(city as never)();
    expect(city.started).toContain(`${paymentId(3)}.1`);
  });
});
