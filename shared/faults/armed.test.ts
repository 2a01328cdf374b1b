import { describe, expect, it } from 'vitest';
import { withFaults } from './armed.ts';
import { type ArmedFault, FaultToArm, LOOK_EVERY_MS } from './fault.ts';

const lambda = { functionName: 'paytm-saga-settle-merchant' };
const about = (payment: string) => ({ input: { payment } });
const fault = (change: Partial<ArmedFault>): ArmedFault => ({
  ...{ id: 'fault_1', function: lambda.functionName, point: 'before', kind: 'error', timesLeft: 1 },
  activeFrom: '2026-01-01T00:00:00.000Z',
  ...change,
});

/** A handler that counts its effects, inside of faults that are kept in memory. */
const faulty = (...armed: ArmedFault[]) => {
  const left = new Map(armed.map((one) => [one.id, one.timesLeft]));
  const happened: string[] = [];
  const noted: string[] = [];
  let now = 0;
  let looked = 0;
  const handler = withFaults(
    async () => {
      happened.push('effect');
      return 'answer';
    },
    {
      faults: {
        armed: async () => {
          looked += 1;
          return armed.filter(({ id }) => (left.get(id) ?? 0) > 0);
        },
        claim: async ({ id }) => {
          const times = left.get(id) ?? 0;
          left.set(id, times - 1);
          return times > 0;
        },
      },
      now: () => now,
      crash: () => void happened.push('crash'),
      wait: async (ms) => void happened.push(`waited ${ms}`),
      note: ({ id }) => void noted.push(id),
    },
  );
  return {
    call: (event: unknown = about('payment_1')) => handler(event, lambda),
    happened,
    noted,
    looked: () => looked,
    pass(ms: number) {
      now += ms;
    },
  };
};

/** Whether something is still under way after everything that could go on has. */
const neverAnswers = async (call: Promise<unknown>): Promise<boolean> => {
  const silence = Symbol('silence');
  const quiet = new Promise((resolve) => setImmediate(() => resolve(silence)));
  return (await Promise.race([call, quiet])) === silence;
};

describe('a handler that fails on command', () => {
  it('is the handler itself where there is no table of faults', () => {
    const handler = async () => 'answer';
    expect(withFaults(handler, { faults: undefined })).toBe(handler);
  });

  it('fails by the name that was asked for, before the effect', async () => {
    const { call, happened } = faulty(fault({ error: 'SettlementFrozenError' }));
    await expect(call()).rejects.toMatchObject({ name: 'SettlementFrozenError' });
    expect(happened).toEqual([]);
  });

  it('fails after the effect, when nobody has been told of it', async () => {
    const { call, happened } = faulty(fault({ point: 'after' }));
    await expect(call()).rejects.toMatchObject({ name: 'TransientError' });
    expect(happened).toEqual(['effect']);
  });

  it('is throttled by the name that Lambda gives it', async () => {
    await expect(faulty(fault({ kind: 'throttle' })).call()).rejects.toMatchObject({
      name: 'Lambda.TooManyRequestsException',
    });
  });

  it.each([
    ['before', ['crash']],
    ['after', ['effect', 'crash']],
  ] as const)('ends its worker %s the effect', async (point, expected) => {
    const { call, happened } = faulty(fault({ kind: 'crash', point }));
    expect(await neverAnswers(call())).toBe(true);
    expect(happened).toEqual(expected);
  });

  it('never answers, so that Lambda ends it', async () => {
    const { call, happened } = faulty(fault({ kind: 'timeout', point: 'after' }));
    expect(await neverAnswers(call())).toBe(true);
    expect(happened).toEqual(['effect']);
  });

  it('is slow and then goes on', async () => {
    const { call, happened } = faulty(fault({ kind: 'slow', slowMs: 3_000 }));
    expect(await call()).toBe('answer');
    expect(happened).toEqual(['waited 3000', 'effect']);
  });

  it('is called twice with the same event, whatever the first call did to it', async () => {
    const seen: unknown[] = [];
    const handler = withFaults(
      async (event) => {
        seen.push(structuredClone(event));
        Object.assign(event as object, { body: undefined });
        return 'answer';
      },
      {
        faults: { armed: async () => [fault({ kind: 'duplicate' })], claim: async () => true },
        note: () => undefined,
      },
    );
    expect(await handler({ body: 'once' }, lambda)).toBe('answer');
    expect(seen).toEqual([{ body: 'once' }, { body: 'once' }]);
  });

  it('fails as often as it was told to, and then no more', async () => {
    const { call, happened, noted } = faulty(fault({ timesLeft: 2 }));
    await expect(call()).rejects.toThrow();
    await expect(call()).rejects.toThrow();
    expect(await call()).toBe('answer');
    expect(happened).toEqual(['effect']);
    expect(noted).toEqual(['fault_1', 'fault_1']);
  });

  it('fails only where the call is about what was named', async () => {
    const { call } = faulty(fault({ about: 'payment_2' }));
    expect(await call(about('payment_1'))).toBe('answer');
    await expect(call(about('payment_2'))).rejects.toThrow();
  });

  it('takes the next fault where another worker has taken the first', async () => {
    const taken = fault({ id: 'fault_1', timesLeft: 1 });
    const { call } = faulty(taken, fault({ id: 'fault_2', error: 'Second' }));
    await expect(call()).rejects.toMatchObject({ name: 'TransientError' });
    await expect(call()).rejects.toMatchObject({ name: 'Second' });
  });

  it('works as if there were no faults while the table is out of reach', async () => {
    const armed = () => Promise.reject(new Error('ECONNREFUSED'));
    const handler = withFaults(async () => 'answer', { faults: { armed, claim: async () => true } });
    expect(await handler({}, lambda)).toBe('answer');
  });

  it('looks at the table at most twice in a second', async () => {
    const { call, looked, pass } = faulty();
    for (let calls = 0; calls < 5; calls += 1) await call();
    expect(looked()).toBe(1);
    pass(LOOK_EVERY_MS);
    await call();
    expect(looked()).toBe(2);
  });
});

describe('a fault to arm', () => {
  it('is one call before the effect, unless more is said', () => {
    expect(FaultToArm.parse({ function: 'f-x', kind: 'error' })).toEqual({
      ...{ function: 'f-x', kind: 'error', point: 'before', times: 1 },
    });
  });

  it.each([
    { function: 'f-x', kind: 'explode' },
    { function: 'F', kind: 'error' },
    { function: 'f-x', kind: 'duplicate', point: 'after' },
    { function: 'f-x', kind: 'slow', slowMs: 0 },
    { function: 'f-x', kind: 'error', times: 1_001 },
  ])('is refused when it makes no sense: %o', (given) => {
    expect(FaultToArm.safeParse(given).success).toBe(false);
  });
});
