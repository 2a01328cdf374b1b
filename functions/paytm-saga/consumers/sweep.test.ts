import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { TransientError } from '../../../shared/errors/index.ts';
import { newPayment, paymentId } from '../city.fixture.ts';
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
