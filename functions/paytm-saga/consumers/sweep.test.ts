import { fc, test } from '@fast-check/vitest';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransientError } from '../../../shared/errors/index.ts';
import { newPayment, PAYER, paymentId } from '../city.fixture.ts';
import { PaymentId } from '../contract.ts';
import { heardLog } from '../doors.fixture.ts';
import { onePayment, PAYMENT } from '../one-payment.fixture.ts';
import { resumeOf, sweepOnce } from '../operator.fixture.ts';
import { handedOver, opened } from '../store/payments.ts';
import { sweep } from './sweep.ts';

let log: ReturnType<typeof heardLog>;
beforeEach(() => {
  log = heardLog();
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('the sweeper', () => {
  it('starts what was recorded and never started', async () => {
    const city = await onePayment();
    city.clock.advance(60_000);
    await sweepOnce(city as never);
    expect(city.started).toEqual([`${PAYMENT}.1`]);
  });

  it('leaves alone what runs, what is young, and what has ended', async () => {
    const young = await onePayment();
    await sweepOnce(young as never);
    expect(young.started).toEqual([]);

    const running = await onePayment();
    running.known.set(`${PAYMENT}.1`, 'running');
    running.clock.advance(60_000);
    await sweepOnce(running as never);
    expect(running.started).toEqual([]);

    const over = await onePayment();
    expect(await over.execute()).toBe('Completed');
    over.clock.advance(60_000);
    await sweepOnce(over as never);
    expect(over.started).toEqual([]);
  });

  it('starts the number that it raised when it could not start it at once', async () => {
    const city = await onePayment();
    city.known.set(`${PAYMENT}.1`, 'ended');
    city.clock.advance(60_000);
    const start = async () => {
      throw new TransientError({ reason: 'no start' });
    };
    await sweepOnce({ ...city, executions: { ...city.executions, start } } as never);
    expect([(await city.record()).actor, city.started]).toEqual([2, []]);
    for (const _ of [1, 2]) await sweepOnce(city as never);
    expect(city.started).toEqual([`${PAYMENT}.2`]);
  });

  it('finds it no fault that somebody else was faster', async () => {
    const city = await onePayment();
    city.known.set(`${PAYMENT}.1`, 'ended');
    city.clock.advance(60_000);
    const seen = await city.record();
    async function* walk() {
      yield seen;
    }
    const late = { ...city, payments: { ...city.payments, walks: () => [walk()] } };
    await city.store.transact([handedOver(PAYMENT, 2)]);
    await sweepOnce(late as never);
    expect(log.at(-1)).toMatchObject({ level: 'INFO', id: PAYMENT, error: { name: 'SupersededError' } });
    expect(city.started).toEqual([]);
    expect(await city.execute(2)).toBe('Completed');
    await sweepOnce(late as never);
    expect(log.map(({ level }) => level)).not.toContain('ERROR');
  });

  it('parks after five executions', async () => {
    const city = await onePayment();
    for (let n = 1; n <= 5; n++) {
      city.clock.advance(60_000);
      city.known.set(`${PAYMENT}.${n}`, 'ended');
      await sweepOnce(city as never);
    }
    expect(city.started).toEqual([2, 3, 4, 5].map((n) => `${PAYMENT}.${n}`));
    expect(city.parked()).toEqual(['TooManyExecutionsError']);
    expect((await city.record()).status).toBe('needs_attention');
  });

  it('counts executions anew once a person has looked', async () => {
    const city = await onePayment();
    const fiveEnd = async (from: number) => {
      for (let n = from; n < from + 5; n++) {
        city.clock.advance(60_000);
        city.known.set(`${PAYMENT}.${n}`, 'ended');
        await sweepOnce(city as never);
      }
    };
    await fiveEnd(1);
    expect(await resumeOf(city as never, { id: PAYMENT, key: 'one' })).toBe(6);
    await fiveEnd(6);
    expect(city.started).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10].map((n) => `${PAYMENT}.${n}`));
    expect(city.parked()).toEqual(['TooManyExecutionsError', 'TooManyExecutionsError']);
  });

  it('leaves off when its time is over, and does the oldest of every shard before the second of any', async () => {
    const city = await onePayment({ createdAt: '2026-11-24T09:00:00.000Z' });
    const later = async (id: PaymentId, createdAt: string) =>
      city.store.transact(opened(newPayment({ id, createdAt })));
    await later(paymentId(4), '2026-11-24T09:00:01.000Z');
    await later(paymentId(8), '2026-11-24T09:00:02.000Z');
    await later(paymentId(1), '2026-11-24T09:30:00.000Z');
    let looks = 0;
    const state = async () => {
      looks += 1;
      return 'absent' as const;
    };
    const slow = { ...city, executions: { ...city.executions, state } };
    // Ten seconds for each look: the third would end behind the time that Lambda gives.
    await sweepOnce(slow as never, sweep, () => 30_000 - looks * 10_000);
    expect(city.started).toEqual([`${paymentId(0)}.1`, `${paymentId(1)}.1`]);
    expect(log.at(-1)).toMatchObject({ level: 'WARN' });
    for (const id of [paymentId(0), paymentId(1)]) city.known.set(`${id}.1`, 'running');
    await sweepOnce(city as never);
    expect(city.started).toHaveLength(4);
  });

  it('looks into every shard, however many payments run in one of them', async () => {
    const city = await onePayment();
    for (let n = 0; n < 120; n += 1) {
      const id = PaymentId.parse(`payment_0198c0de-0000-7000-8000-0000000${String(1000 + n)}0`);
      await city.store.transact(opened(newPayment({ id })));
      city.known.set(`${id}.1`, 'running');
    }
    await city.store.transact(opened(newPayment({ id: paymentId(3) })));
    city.clock.advance(60_000);
    await sweepOnce(city as never);
    expect(city.started).toContain(`${paymentId(3)}.1`);
  });
});

describe('a hold that nobody has given back', () => {
  const ACCEPTED = '2026-11-24T10:00:00.000Z';
  const FROM_THE_WALLET = { wallet: 150_000, method: 'paytm_wallet' } as const;
  const WALLET = `wallet:${PAYER}`;
  /** Dies before a state, and is parked after five executions: it holds what it has taken until then. */
  const parkedBefore = async (dieAt: string, over: Parameters<typeof onePayment>[0] = FROM_THE_WALLET) => {
    const city = await onePayment(over);
    await city.execute(1, { dieAt });
    for (let n = 1; n <= 5; n++) {
      city.clock.advance(60_000);
      city.known.set(`${PAYMENT}.${n}`, 'ended');
      await sweepOnce(city as never);
    }
    expect((await city.record()).status).toBe('needs_attention');
    city.started.length = 0;
    return city;
  };
  const goesOn = async (city: Awaited<ReturnType<typeof onePayment>>, n: number) => {
    const end = await city.execute(n);
    city.known.set(`${PAYMENT}.${n}`, 'ended');
    return end;
  };
  const passesTo = (city: Awaited<ReturnType<typeof onePayment>>, minutes: number) =>
    city.clock.advance(Date.parse(ACCEPTED) + minutes * 60_000 - city.clock.now().getTime());

  it('is given back a quarter of an hour after the payment was accepted, and its letter is taken out', async () => {
    const city = await parkedBefore('SettleMerchant');
    passesTo(city, 15);
    city.clock.advance(-1);
    await sweepOnce(city as never);
    expect(city.started).toEqual([]);
    city.clock.advance(1);
    await sweepOnce(city as never);
    expect(city.started).toEqual([`${PAYMENT}.6`]);
    expect(city.letters).toEqual([]);
    expect(await goesOn(city, 6)).toBe('Compensated');
    expect(await city.balanceOf(WALLET)).toBe(150_000);
    const at = '2026-11-24T10:15:00.000Z';
    expect(await city.record()).toMatchObject({
      turn: { error: 'DeadlinePassedError', cause: 'the hold expired', at },
      resumptions: [
        { at, by: 'sweeper', reason: 'the hold expired', after: 'TooManyExecutionsError', execution: 6 },
      ],
    });
    const { items } = await city.history.of(PAYMENT, { limit: 100 });
    expect(items.find(({ what }) => what === 'turned_back')).toMatchObject({
      ...{ actor: 5, facts: { by: 'sweeper', note: 'the hold expired', next: 6 } },
    });
  });

  it('at the bank is released, whether it had been captured or not', async () => {
    for (const [dieAt, state] of [
      ['ProcessPayment', 'voided'],
      ['SettleMerchant', 'refunded'],
    ] as const) {
      const city = await parkedBefore(dieAt, {});
      passesTo(city, 15);
      await sweepOnce(city as never);
      expect(await goesOn(city, 6)).toBe('Compensated');
      expect([city.charge(), city.clearing()]).toEqual([state, 0]);
    }
  });

  it('is given back once: when that fails too, it waits for a person', async () => {
    const city = await parkedBefore('SettleMerchant', {});
    city.outage.add('refund');
    passesTo(city, 15);
    await sweepOnce(city as never);
    expect(await goesOn(city, 6)).toBe('NeedsAttention');
    for (let n = 0; n < 30; n += 1) {
      city.clock.advance(60_000);
      await sweepOnce(city as never);
    }
    expect(city.started).toEqual([`${PAYMENT}.6`]);
    expect(city.letters).toHaveLength(1);
    city.outage.clear();
    expect(await resumeOf(city as never, { id: PAYMENT, key: 'one' })).toBe(7);
    expect(await goesOn(city, 7)).toBe('Compensated');
  });

  it('is left alone when there is none, when the merchant has the money, and when a person was faster', async () => {
    const nothingHeld = await parkedBefore('ReserveFunds');
    const settled = await parkedBefore('NotifyMerchant');
    const resumed = await parkedBefore('SettleMerchant');
    await resumeOf(resumed as never, { id: PAYMENT, key: 'one' });
    resumed.started.length = 0;
    for (const city of [nothingHeld, settled, resumed]) {
      passesTo(city, 60);
      await sweepOnce(city as never);
      expect(city.started).toEqual([]);
    }
  });

  it('that somebody else has just let go on is theirs', async () => {
    const city = await parkedBefore('SettleMerchant');
    passesTo(city, 15);
    const seen = await city.record();
    async function* walk() {
      yield seen;
    }
    await resumeOf(city as never, { id: PAYMENT, key: 'one' });
    city.started.length = 0;
    const late = { ...city, payments: { ...city.payments, waiting: () => [walk()] } };
    await sweepOnce(late as never);
    expect(city.started).toEqual([]);
    expect(log.at(-1)).toMatchObject({ level: 'INFO', error: { name: 'SupersededError' } });
  });

  const anyDeath = fc.constantFrom(
    'ReserveFunds',
    'ProcessPayment',
    'SettleMerchant',
    'NotifyMerchant',
    'Close',
  );
  const anyMethod = fc.constantFrom({}, FROM_THE_WALLET);
  test.prop(
    [anyDeath, anyMethod, fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 12 }), fc.boolean()],
    {
      numRuns: 60,
    },
  )(
    'wherever it stopped: once at most, never past the pivot, and no payer waits longer than a sweep',
    async (dieAt, over, minutes, outage) => {
      const city = await parkedBefore(dieAt, over);
      if (outage) city.outage.add('refund');
      for (const pause of minutes) {
        city.clock.advance(pause * 60_000);
        await sweepOnce(city as never);
        for (const name of city.started.splice(0)) await goesOn(city, Number(name.split('.').at(-1)));
        const record = await city.record();
        const bySweeper = (record.resumptions ?? []).filter(({ by }) => by === 'sweeper').length;
        expect(bySweeper).toBeLessThanOrEqual(record.steps.settle_merchant ? 0 : 1);
        const isLate = city.clock.now().getTime() >= Date.parse(ACCEPTED) + 15 * 60_000;
        const holds =
          record.steps.reserve_funds && !record.undone.reserve_funds && !record.steps.settle_merchant;
        if (isLate && holds) expect([bySweeper, outage]).toEqual([1, true]);
      }
    },
  );
});
