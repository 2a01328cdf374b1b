import { expect, it } from 'vitest';
import { storiesPage } from './report.ts';

it('shows how many were played, and how the last compare with the first', () => {
  const played = Array.from({ length: 100 }, (_, story) => ({ seconds: 2 + story / 50 }));
  const page = storiesPage(played, { commit: 'abc1234', day: new Date('2026-11-24T12:00:00Z') });
  expect(page).toContain('with abc1234 on 2026-11-24');
  expect(page).toContain('| 100 | 100 | 299 s | 2.1 s | 3.9 s | 1.86 |');
});
