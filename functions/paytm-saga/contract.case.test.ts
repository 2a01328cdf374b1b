import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { caseFileOf, SAVED_CASES, type SavedCase } from './contract.case.ts';
import { savedCaseOf } from './saved-case.fixture.ts';

const NAME = 'settlement-frozen';
const text = readFileSync(join(import.meta.dirname, '../..', SAVED_CASES, caseFileOf(NAME)), 'utf8');
const saved = JSON.parse(text) as SavedCase;
const expected = (over: object) => ({ expected: { ...saved.expected, ...over } });

/** What is said of a file with something else in it. */
const said = (over: object, file = caseFileOf(NAME)): string => {
  try {
    savedCaseOf(file, JSON.stringify({ ...saved, ...over }));
    return 'nothing';
  } catch (error) {
    return String((error as Error).message);
  }
};
const fault = { state: 'ProcessPayment', point: 'before', kind: 'error', times: 1 };

describe('the file of a saved case', () => {
  it('is read as it was written', () => {
    expect(savedCaseOf(caseFileOf(NAME), text)).toEqual(saved);
  });

  it.each([
    ['version', { version: 2 }, 'exactly 1'],
    ['mood', { mood: 'good' }, 'no such field'],
    ['name', { name: 'Not A Name' }, 'small English letters'],
    ['at', { at: 'yesterday' }, 'a time like'],
    ['order.amount', { order: { ...saved.order, amount: 0 } }, 'at least 1'],
    ['order.amount', { order: { ...saved.order, amount: 10.5 } }, 'a whole number'],
    ['order.emiMonths', { order: { ...saved.order, emiMonths: 6 } }, 'only with emi'],
    ['order.upi', { order: { amount: 1, method: 'emi', upi: {} } }, 'only with upi'],
    ['payer.kyc', { payer: { ...saved.payer, kyc: 'none' } }, 'one of minimal, basic, full'],
    ['payer.phone', { payer: { ...saved.payer, phone: '+919812345678' } }, 'no such field'],
    ['waits', { waits: ['approved'] }, 'each AwaitBank'],
    ['faults.0.kind', { faults: [{ ...fault, kind: 'explode' }] }, 'one of error'],
    ['faults.0.times', { faults: [{ ...fault, times: 0 }] }, 'at least 1'],
    ['faults.0.state', { faults: [{ ...fault, state: 'Park' }] }, 'in expected.path'],
    ['meanwhile.0.before', { meanwhile: [{ before: 'Park', what: 'deadline_passed' }] }, 'in expected.path'],
    ['expected.path', expected({ path: [] }), 'at least 1'],
    ['expected.ending.status', expected({ ending: { status: 'in_progress' } }), 'one of completed'],
    ['expected.books', expected({ books: { merchant: 1 } }), 'add up to 0'],
    ['expected.books', expected({ books: { nobody: 0 } }), ''],
  ])('says of %s what is wrong: %o', (field, over, what) => {
    const [first, ...wrong] = said(over).split('\n');
    expect(first).toBe('settlement-frozen.case.json is no saved case');
    expect(wrong.find((line) => line.startsWith(field))).toContain(what);
  });

  it('is called as the case is', () => {
    expect(said({}, 'other.case.json')).toContain('name: expected other');
  });

  it('has to be JSON', () => {
    expect(() => savedCaseOf('half.case.json', text.slice(0, 100))).toThrow('it is no JSON');
  });
});
