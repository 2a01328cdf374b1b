import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { stepsOf } from './saga.ts';
import { type States, statesOf } from './waiting.ts';

const FOLDER = join(import.meta.dirname, '../../statemachines');
const files = globSync('*/*.asl.json', { cwd: FOLDER });
const statesIn = (file: string): States => statesOf(readFileSync(join(FOLDER, file), 'utf8'));

/** What the author of each machine meant, as the lens has to show it: a new machine gets its line here. */
interface Meant {
  /** All steps in their order, each with what undoes it. */
  readonly steps: readonly (readonly [state: string, undo?: string])[];
  readonly pivot: string;
  readonly bestEffort: readonly string[];
}
const MEANT: { readonly [file: string]: Meant } = {
  'paytm-saga/payment.asl.json': {
    steps: [
      ...([['ValidateUser'], ['CheckKyc'], ['ValidateMerchant'], ['CheckFraud']] as const),
      ['ReserveFunds', 'ReleaseHold'],
      ['ProcessPayment', 'RefundCharge'],
      ...([['SettleMerchant'], ['NotifyMerchant'], ['SendReceipt'], ['UpdateAnalytics']] as const),
    ],
    pivot: 'SettleMerchant',
    bestEffort: ['NotifyMerchant', 'SendReceipt', 'UpdateAnalytics'],
  },
};

it('every machine says here what its author meant, and nothing else does', () => {
  expect(files.toSorted()).toEqual(Object.keys(MEANT).toSorted());
});

describe.each(files)('the marks in %s', (file) => {
  const states = statesIn(file);
  const steps = stepsOf(states);
  const meant = MEANT[file];

  it('tell the lens its steps, what undoes them, the pivot, and what is best effort', () => {
    expect(steps.map(({ state, undo }) => (undo === undefined ? [state] : [state, undo]))).toEqual(
      meant?.steps,
    );
    expect(steps.flatMap(({ state, pivot }) => (pivot ? [state] : []))).toEqual([meant?.pivot]);
    expect(steps.flatMap(({ state, bestEffort }) => (bestEffort ? [state] : []))).toEqual(meant?.bestEffort);
  });

  it('name states that exist, and each undo once', () => {
    // Every mark counts, also one on a state that is no step: there it would be read by nobody.
    const named = Object.values(states).flatMap(({ Comment = '' }) =>
      [...Comment.matchAll(/\bundone by (\S+?)[.,;:]*(?:\s|$)/gi)].map(([, undo]) => undo),
    );
    expect(named.toSorted()).toEqual(steps.flatMap(({ undo }) => undo ?? []).toSorted());
    expect(new Set(named).size).toBe(named.length);
    for (const undo of named) expect(states[undo ?? '']?.Type).toBe('Task');
    const pivots = Object.values(states).filter(({ Comment = '' }) => /^\W*the pivot\b/i.test(Comment));
    expect(pivots).toHaveLength(1);
  });

  it('put what can be undone before the pivot, and best effort alone behind it', () => {
    const pivot = steps.findIndex((step) => step.pivot);
    for (const [at, { undo, bestEffort }] of steps.entries()) {
      if (undo !== undefined) expect(at).toBeLessThan(pivot);
      if (at !== pivot) expect(bestEffort).toBe(at > pivot);
    }
  });
});
