import { beforeAll, describe, expect, it, vi } from 'vitest';
import { TransientError } from '../../shared/errors/index.ts';
import { EngineKilled } from '../../shared/testing/asl/errors.ts';
import { MERCHANT, START } from './city.fixture.ts';
import { viewOf } from './domain/view.ts';
import { onePayment, PAYMENT } from './one-payment.fixture.ts';
import { resumeOf, sweepOnce } from './operator.fixture.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

const inSeconds = (seconds: number) => new Date(Date.parse(START) + seconds * 1000).toISOString();

describe('a payment', () => {
  describe('that the payer approves', () => {
    const byQr = async () => {
      const city = await onePayment({ approval: { flow: 'qr', expiresAt: inSeconds(120) } });
      city.behaviour.asksThePayer = true;
      return city;
    };

    it('waits, is woken, and completes', async () => {
      const city = await byQr();
      expect(await city.execute(1, { whileWaiting: () => city.answer('approves') })).toBe('Completed');
      expect(city.woken).toHaveLength(1);
      expect(city.trail.filter((state) => state === 'AwaitBank')).toHaveLength(1);
      expect(city.charge()).toBe('taken');
    });

    it('is refused when the payer declines', async () => {
      const city = await byQr();
      expect(await city.execute(1, { whileWaiting: () => city.answer('declines') })).toBe('Refused');
      expect((await city.record()).turn?.error).toBe('PaymentDeclinedError');
    });

    it('is refused when nobody answers in time, and asks the bank every twenty seconds until then', async () => {
      const city = await byQr();
      expect(await city.execute()).toBe('Refused');
      expect((await city.record()).turn).toMatchObject({
        error: 'PaymentDeclinedError',
        facts: { code: 'U69' },
      });
      expect(city.trail.filter((state) => state === 'AwaitBank')).toHaveLength(6);
    });

    it('completes although nobody is woken: the approval is with the bank', async () => {
      const city = await byQr();
      city.tokens.wake = async () => undefined;
      expect(await city.execute(1, { whileWaiting: () => city.answer('approves') })).toBe('Completed');
    });

    it('completes in the next execution when the engine died while it waited', async () => {
      const city = await byQr();
      const died = await city.execute(1, {
        whileWaiting: () => {
          throw new EngineKilled();
        },
      });
      expect(died).toBe('died');
      city.answer('approves');
      await city.hear();
      expect((await city.record()).heard).toMatchObject({ step: 'reserve_funds', what: 'held' });
      city.known.set(`${PAYMENT}.1`, 'ended');
      city.clock.advance(60_000);
      await sweepOnce(city);
      expect(await city.execute(2)).toBe('Completed');
    });

    it('is woken at once when the answer came before the wait was kept', async () => {
      const city = await byQr();
      const { hold } = city.bank;
      city.bank.hold = async (...order) => {
        const charged = await hold(...order);
        city.answer('approves');
        await city.hear();
        return charged;
      };
      expect(await city.execute()).toBe('Completed');
      expect(city.woken).toHaveLength(1);
    });

    it('hears an answer twice, and is none the worse', async () => {
      const city = await byQr();
      const twice = async () => {
        city.answer('approves');
        await city.hear();
        city.tell('held');
      };
      expect(await city.execute(1, { whileWaiting: twice })).toBe('Completed');
    });

    it('shows where to approve while it waits, and nothing that wakes it', async () => {
      const city = await byQr();
      let shown: object = {};
      const look = async () => {
        const record = await city.record();
        expect(record.waiting?.token).toMatch(/^token-/);
        shown = viewOf(record, String);
        city.answer('approves');
      };
      await city.execute(1, { whileWaiting: look });
      const { searchParams } = new URL((shown as { approval: { link: string } }).approval.link);
      expect(Object.fromEntries(searchParams)).toEqual({
        pa: `${MERCHANT}@dabbawala`,
        pn: 'Dadar Vada Pav',
        am: '1500.00',
        cu: 'INR',
        tr: PAYMENT.slice('payment_'.length).replaceAll('-', ''),
      });
      expect(JSON.stringify(shown)).not.toContain('token-');
      expect(viewOf(await city.record(), String)).not.toHaveProperty('approval');
    });
  });

  describe('whose money comes late', () => {
    it('waits for it, and completes', async () => {
      const city = await onePayment();
      city.behaviour.settlesLate = true;
      expect(await city.execute(1, { whileWaiting: () => city.settle() })).toBe('Completed');
      expect(city.charge()).toBe('taken');
      expect(await city.balanceOf('bank-clearing')).toBe(-150_000);
    });

    it('is parked when nobody knows what became of it, and given back once that is known', async () => {
      const city = await onePayment();
      city.behaviour.settlesLate = true;
      expect(await city.execute()).toBe('NeedsAttention');
      expect(await city.record()).toMatchObject({
        status: 'needs_attention',
        direction: 'back',
        turn: { error: 'DeadlinePassedError' },
      });
      expect(city.clearing()).toBe(0);
      city.settle();
      await resumeOf(city, { id: PAYMENT, key: 'known' });
      expect(await city.execute(2)).toBe('Compensated');
      expect(city.charge()).toBe('refunded');
      expect(city.clearing()).toBe(0);
    });
  });

  it('asks what became of a charge whose answer was lost, before it charges again', async () => {
    const city = await onePayment();
    const { capture, learn } = city.bank;
    const asked: string[] = [];
    city.bank.learn = (key) => {
      asked.push('learn');
      return learn(key);
    };
    city.bank.capture = async (key) => {
      asked.push('capture');
      await capture(key);
      throw new TransientError({ reason: 'the line broke' });
    };
    expect(await city.execute()).toBe('Completed');
    expect(asked).toEqual(['capture', 'learn']);
    expect(city.clearing()).toBe(150_000);
  });

  it.each([
    ['on the last day', '2026-02-28T18:29:59.999Z', {}, 'Completed'],
    ['on the day after, in Kolkata', '2026-02-28T18:30:00.000Z', {}, 'Refused'],
    ['today, in an iOS app', START, { channel: 'ios_app' }, 'Completed'],
    ['today, in an Android app', START, { channel: 'android_app' }, 'Refused'],
    ['today, for a mandate', START, { purpose: 'mandate' }, 'Completed'],
  ] as const)('by UPI collect, accepted %s', async (_, createdAt, more, ending) => {
    const city = await onePayment({ createdAt, upi: { flow: 'collect', ...more } });
    expect(await city.execute()).toBe(ending);
    if (ending === 'Refused') expect((await city.record()).turn?.error).toBe('UpiCollectEndedError');
  });
});
