import { beforeAll, describe, expect, it, vi } from 'vitest';
import { onePayment, PAYMENT } from '../one-payment.fixture.ts';
import { stepAsked } from '../store/payments.ts';
import { awaitBank } from './await-bank.ts';
import { hearBank } from './hear-bank.ts';

beforeAll(() => {
  vi.stubEnv('LOG_LEVEL', 'SILENT');
});

const wait = (n = 1) => ({
  context: { executionId: `${PAYMENT}.${n}`, enteredAt: '2026-11-24T10:00:05.000Z' },
  input: { payment: PAYMENT, correlationId: 'correlation', traceparent: 'trace' },
  token: `token-of-${n}`,
});
const event = (over: object = {}) =>
  ({
    id: 'event-1',
    data: { client: 'paytm-saga', kind: 'hold', key: PAYMENT, state: 'held', ...over },
  }) as unknown as Parameters<ReturnType<typeof hearBank>>[0];

/** A payment whose hold is open, and who was woken. */
const openHold = async () => {
  const city = await onePayment();
  const woken: string[] = [];
  const tokens = { wake: async (token: string) => void woken.push(token) };
  await city.effects.commit({
    effect: { owner: 'test', name: 'asked' },
    changes: [stepAsked(PAYMENT, 'reserve_funds', '2026-11-24T10:00:04.000Z')],
    answer: null,
  });
  return { city, woken, ports: { ...city, tokens } };
};

describe('a wait for the bank', () => {
  it('is kept with its payment, and nobody is woken', async () => {
    const { city, woken, ports } = await openHold();
    await awaitBank(ports)(wait());
    expect((await city.record()).waiting).toEqual({ token: 'token-of-1', execution: `${PAYMENT}.1` });
    expect(woken).toEqual([]);
  });

  it('is over at once when the bank has told already', async () => {
    const { woken, ports } = await openHold();
    await hearBank(ports)(event());
    await awaitBank(ports)(wait());
    expect(woken).toEqual(['token-of-1']);
  });

  it('goes on when the bank has told of an earlier step', async () => {
    const { woken, ports } = await openHold();
    await hearBank(ports)(event({ state: 'captured' }));
    await awaitBank(ports)(wait());
    expect(woken).toEqual([]);
  });

  it('of an execution that may not act is ended, so that it finds out', async () => {
    const { city, woken, ports } = await openHold();
    await awaitBank(ports)(wait(2));
    expect(woken).toEqual(['token-of-2']);
    expect((await city.record()).waiting).toBeUndefined();
  });

  it('throws what is no matter of who may act: the queue brings it again', async () => {
    const { ports } = await openHold();
    const broken = {
      ...ports,
      effects: { ...ports.effects, commit: () => Promise.reject(new Error('the table is out')) },
    };
    await expect(awaitBank(broken)(wait())).rejects.toThrow('the table is out');
  });
});

describe('what the bank tells', () => {
  it('is written before whoever waits is woken', async () => {
    const { city, ports } = await openHold();
    await awaitBank(ports)(wait());
    const tokens = {
      wake: async (token: string) => {
        expect(token).toBe('token-of-1');
        expect((await city.record()).heard).toMatchObject({ step: 'reserve_funds', what: 'held' });
      },
    };
    await hearBank({ ...ports, tokens })(event());
    expect.assertions(2);
  });

  it.each([
    ['of another system', { client: 'irctc-booking' }],
    ['of a top-up', { key: 'topup_0198c0de-0000-7000-8000-000000000031' }],
    ['of a payment that is not here', { key: 'payment_0198c0de-0000-7000-8000-000000000099' }],
  ])('is no news when it is %s', async (_, over) => {
    const { city, woken, ports } = await openHold();
    await awaitBank(ports)(wait());
    await hearBank(ports)(event(over));
    expect(woken).toEqual([]);
    expect((await city.record()).heard).toBeUndefined();
  });

  it('of what has turned back since is passed over', async () => {
    const { city, ports } = await openHold();
    city.behaviour.declines = true;
    await city.execute();
    await hearBank(ports)(event());
    expect((await city.record()).heard).toBeUndefined();
  });
});
