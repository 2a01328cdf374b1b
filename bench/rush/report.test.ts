import { expect, it } from 'vitest';
import { rushPage } from './report.ts';

it('says how many rushes were played, from which seed, what happened in them, and how fast', () => {
  const played = { runs: 1_000_000, moves: 5, users: 4, bookings: 3, paid: 2, promotions: 1, violations: [] };
  const page = rushPage({
    ...{ seed: 7, threads: 2, commit: 'abc1234', day: new Date('2026-11-29T10:00:00Z') },
    small: { played, seconds: 2_000 },
    large: { played: { ...played, runs: 100 }, seconds: 300 },
  });
  expect(page).toContain('through 10,00,000 rushes');
  expect(page).toContain('with abc1234 on 2026-11-29, from seed 7, on 2 threads');
  expect(page).toContain('| 6 to 60 people, 4 to 20 berths | 10,00,000 | 4 | 3 | 2 | 1 | 5 | 2000 s | 4.0 |');
  expect(page).toContain('| 5,000 people, 140 to 500 berths | 100 | 4 | 3 | 2 | 1 | 5 | 300 s | 6000.0 |');
  expect(page).not.toContain('fewer');
});

it('says so where they were fewer', () => {
  const played = { runs: 20_000, moves: 5, users: 4, bookings: 3, paid: 2, promotions: 1, violations: [] };
  const size = { played, seconds: 2_000 };
  const page = rushPage({
    ...{ seed: 7, threads: 2, commit: 'abc1234', day: new Date() },
    small: size,
    large: size,
  });
  expect(page).toContain('These are fewer than the million and the hundred');
  expect(page).toContain('-- --runs 20000 --write');
});
