import { describe, expect, it } from 'vitest';
import {
  differencesIn,
  type Ended,
  paymentsPage,
  ratioBar,
  type Storm,
  stormTables,
  type Throughput,
} from './report.ts';

const fault = { function: 'paytm-saga-close', kind: 'crash', point: 'after', times: 1 } as const;
const armed = { ...fault, id: 'fault_1', activeFrom: '2026-11-24T12:00:00Z', left: 0 };
const completed: Ended = {
  id: 'payment_1',
  status: 'completed',
  method: 'upi',
  faults: [],
  told: true,
  seconds: 2,
};
const books = [
  { what: { en: 'no wallet is below zero', hi: '' }, holds: true, seen: { en: '21 wallets', hi: '' } },
];
const good: Storm = {
  ...{ seed: 7, clients: 20, seconds: 14, unlike: [], books, faults: [armed] },
  payments: [completed, { ...completed, id: 'payment_2', status: 'refused', faults: [fault], seconds: 9 }],
};
const throughput: Throughput = {
  ...{ clients: 20, payments: 60, executions: 200 },
  rates: { payments: [7, 8, 9], baseline: [9, 10, 11] },
  profile: {
    sampled: 40,
    states: [
      { state: 'Resume', ms: 100, handlerMs: 60, dynamoMs: 20, dynamoCalls: 1, bankMs: 0, faultsMs: 5 },
      { state: 'Close', ms: 50, handlerMs: 30, dynamoMs: 10, dynamoCalls: 2, bankMs: 0, faultsMs: 0 },
    ],
    functions: [{ group: 'the bank', calls: 2, ms: 90 }],
    baseline: { calls: 12, ms: 240 },
  },
};

describe('what differs', () => {
  it('is nothing where all have ended and only those with a fault did not complete', () => {
    expect(differencesIn(good)).toEqual([]);
  });

  it.each<[string, Partial<Storm>, string]>([
    [
      'a payment that did not end',
      { payments: [{ ...completed, status: 'in_progress', faults: [fault], reason: 'Waited' }] },
      'payment_1 did not end (crash after paytm-saga-close ×1): Waited',
    ],
    [
      'one without a fault that did not complete',
      { payments: [{ ...completed, status: 'compensated', reason: 'DeadlinePassedError' }] },
      'payment_1 had no fault and ended compensated (DeadlinePassedError)',
    ],
    ['a list that says otherwise', { unlike: ['payment_1'] }, 'payment_1 is not listed as it ended'],
    [
      'one that nobody is told of',
      { payments: [{ ...completed, status: 'needs_attention', faults: [fault], told: false }] },
      'payment_1 needs attention, and nobody is told',
    ],
    [
      'a fault that did not happen',
      { faults: [{ ...armed, left: 1 }] },
      'did not happen: crash after paytm-saga-close ×1',
    ],
    [
      'books that do not hold',
      { books: books.map((equation) => ({ ...equation, holds: false })) },
      'the books: no wallet is below zero: 21 wallets',
    ],
  ])('is %s', (_, change, line) => {
    expect(differencesIn({ ...good, ...change })).toEqual([line]);
    expect(stormTables({ ...good, ...change })).toContain(`- ${line}`);
  });
});

it('shows how many ended how, with and without a fault, and how many faults happened', () => {
  const text = stormTables({ ...good, faults: [armed, { ...armed, times: 10, left: 3 }] });
  expect(text).toContain('Seed 7, 20 at a time, 14 s in all. Nothing differs.');
  expect(text).toContain('| without a fault | 1 | 1 | 0 | 0 | 0 | 0 | 2.0 | 2.0 |');
  expect(text).toContain('| with a fault | 1 | 0 | 1 | 0 | 0 | 0 | 9.0 | 9.0 |');
  expect(text).toContain('| crash, after the effect | 2 | 2 | 8 |');
});

it('holds the ratio of both medians to the bar', () => {
  expect(ratioBar(throughput).measured).toBeCloseTo(0.8);
});

it('is a page with commit, day and load, the bar, and where the time goes', () => {
  const day = new Date('2026-11-24T12:00:00Z');
  const page = paymentsPage(good, throughput, { commit: 'abc1234', day, cores: 2, load: 1.25 });
  expect(page).toContain('with abc1234 on 2026-11-24, on a machine with 2 cores and a load of 1.3');
  expect(page).toContain('## 2 payments, each tenth with a fault');
  expect(page).toContain('| payments a second, to executions of the baseline | at least 0.7 | 0.80 | yes |');
  expect(page).toContain('| all | 150 | 90 | 30 | 3.0 | 0 | 5 | 55 |');
  expect(page).toContain(
    'In all they are called 2.0 times and take 90 ms; the baseline’s are called 12.0 times, 20 ms each',
  );
  expect(page).toContain('| the bank | 2.0 | 45 | 90 |');
});
