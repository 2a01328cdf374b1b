import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { withFaults } from './armed.ts';
import { mark, mayBeArmed, unmarkAll } from './marks.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'marks-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(home, { recursive: true });
});

it('lets only functions look for which a fault was armed, until all are disarmed', () => {
  const folder = join(home, 'marks');
  expect(mayBeArmed('paytm-saga-close', folder)).toBe(false);
  mark('paytm-saga-close', folder);
  expect(mayBeArmed('paytm-saga-close', folder)).toBe(true);
  expect(mayBeArmed('paytm-saga-park', folder)).toBe(false);
  unmarkAll(folder);
  expect(mayBeArmed('paytm-saga-close', folder)).toBe(false);
});

it('lets everybody look where workers share no disk', () => {
  vi.stubEnv('FAULT_MARKS', '');
  expect(mayBeArmed('paytm-saga-close')).toBe(true);
  mark('paytm-saga-close');
  unmarkAll();
  expect(mayBeArmed('paytm-saga-close')).toBe(true);
});

it('spares a worker the question, and not a fault that is armed later', async () => {
  vi.stubEnv('FAULT_MARKS', join(home, 'marks'));
  const armed = vi.fn(async () => []);
  let now = 0;
  const handler = withFaults(async () => 'answer', {
    faults: { armed, claim: async () => true },
    now: () => now,
  });
  const lambda = { functionName: 'paytm-saga-close' };
  await handler({}, lambda);
  expect(armed).not.toHaveBeenCalled();
  mark('paytm-saga-close');
  now += 500;
  await handler({}, lambda);
  expect(armed).toHaveBeenCalledTimes(1);
});
