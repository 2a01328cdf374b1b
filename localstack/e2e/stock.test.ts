import { describe, expect, it } from 'vitest';
import type { Outcome, Row } from '../parity/harness/results.ts';
import { LACKING, parityResults, rowOnStock } from './stock.ts';

const passes: Outcome = { passes: true };
const differs: Outcome = { passes: false, seen: 'nothing' };
const row = (outcomes: Row['outcomes']): Row => ({
  service: 'cloudwatch-alarms',
  sentence: 'An alarm rings',
  page: { url: 'https://docs.aws.amazon.com/page.html' },
  outcomes,
});

describe('a guard of an assertion', () => {
  it('stands for a row that differs in stock and passes in the local cloud', () => {
    expect(() => rowOnStock('An alarm rings', [row({ local: passes, stock: differs })])).not.toThrow();
  });

  it.each([
    ['has to go when stock passes', row({ local: passes, stock: passes }), /have to go/],
    ['is refused where stock was not tried', row({ local: passes }), /have to go/],
    ['is refused for what passes nowhere', row({ local: differs, stock: differs }), /passes nowhere/],
    ['is refused for a row that is not there', { ...row({}), sentence: 'Another' }, /no row/],
  ])('%s', (_, one, says) => {
    expect(() => rowOnStock('An alarm rings', [one])).toThrow(says);
  });

  it('is, each of those that we have, such a row', () => {
    for (const sentence of Object.values(LACKING)) rowOnStock(sentence, parityResults());
  });
});
