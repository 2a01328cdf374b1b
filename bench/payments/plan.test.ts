import { expect, it } from 'vitest';
import { METHODS, planOf } from './plan.ts';

const faultsOf = (seed: number, count: number) =>
  planOf(seed, count).flatMap(({ faults }) => faults.slice(0, 1));

it('plans the same for the same seed, and something else for another', () => {
  expect(planOf(7, 100)).toEqual(planOf(7, 100));
  expect(planOf(8, 100)).not.toEqual(planOf(7, 100));
});

it('gives each tenth payment a fault, and mixes the ways to pay', () => {
  const plan = planOf(1, 1_000);
  expect(plan.flatMap(({ faults }, n) => (faults.length > 0 ? [n] : []))).toEqual(
    Array.from({ length: 100 }, (_, n) => 10 * n + 9),
  );
  for (const method of METHODS) {
    const share = plan.filter((one) => one.method === method).length;
    expect(share, method).toBeGreaterThan(100);
  }
});

it('repeats no fault before all were drawn, and draws all', () => {
  const every = faultsOf(3, 3_230);
  expect(new Set(every.map((fault) => JSON.stringify(fault))).size).toBe(323);
  expect(faultsOf(3, 3_240)).toHaveLength(324);
});

it('lets a fault be met: who is asked only by a bank’s payment has one, and the way back is gone', () => {
  for (const { method, faults } of planOf(5, 3_230)) {
    const [fault, ...others] = faults;
    if (fault?.function.startsWith('sandbox-bank-')) expect(method).not.toBe('paytm_wallet');
    const isBack = /turn-back|refund-charge|release-hold|cancel-capture/.test(fault?.function ?? '');
    expect(others.map(({ error }) => error)).toEqual(isBack ? ['SettlementFrozenError'] : []);
  }
});

it('never asks for what cannot be armed: a call comes twice from its beginning', () => {
  for (const { kind, point } of faultsOf(9, 3_230)) if (kind === 'duplicate') expect(point).toBe('before');
});
