import { expect, it } from 'vitest';
import { lawsPage } from './report.ts';

it('says how many sequences were played, from which seed, and how fast', () => {
  const page = lawsPage({
    ...{ sequences: 105_000, seed: 7, seconds: 300, commit: 'abc1234' },
    day: new Date('2026-11-28T10:00:00Z'),
  });
  expect(page).toContain('# The laws of the payment saga, over 1,05,000 random sequences');
  expect(page).toContain('with abc1234 on 2026-11-28');
  expect(page).toContain('| 1,05,000 | 7 | 300 s | 350 |');
});
