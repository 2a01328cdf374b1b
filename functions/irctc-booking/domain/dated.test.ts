import { expect, it } from 'vitest';
import { ruleOn } from './dated.ts';

const rules = [
  { from: '2015-01-01', rule: 'old' },
  { from: '2025-07-15', rule: 'new' },
];

it('a rule counts from its first day until the day before the next', () => {
  expect(['2015-01-01', '2025-07-14', '2025-07-15', '2030-01-01'].map((day) => ruleOn(rules, day))).toEqual([
    ...['old', 'old', 'new', 'new'],
  ]);
});

it('no rule is made up for a day before the first', () => {
  expect(() => ruleOn(rules, '2014-12-31')).toThrow(RangeError);
});
