import { expect, it } from 'vitest';
import type { Heard } from './driver.ts';
import { differencesIn, type Sockets, socketPage } from './report.ts';

const heard = (pushed: number): Heard => ({
  ...{ open: 300, opened: pushed / 4, followed: 20, tickets: 30, pushed, missed: 0, emulatorMs: 2 },
  fromSaid: Array.from({ length: 100 }, (_, n) => (n + 1) * (800 / pushed)),
  fromAccepted: [50, 60, 70],
});
const good: Sockets = {
  size: { held: 300, followers: 100, singles: 6, burst: 9 },
  rounds: {
    tracking: [90, 100, 110].map(heard),
    pass: [400].map(heard),
    ws: [{ ...heard(4_000), emulatorMs: Number.NaN }],
  },
};

it('has nothing to say where all was heard and nobody lost', () => {
  expect(differencesIn(good)).toEqual([]);
});

it('says which connections were lost, and which pushes did not come', () => {
  const [first, second, third] = good.rounds.tracking;
  if (!first || !second || !third) throw new Error('three rounds');
  const tracking = [{ ...first, open: 298 }, { ...second, missed: 1 }, third];
  expect(differencesIn({ ...good, rounds: { ...good.rounds, tracking } })).toEqual([
    'tracking: 2 connections were lost',
    'tracking: 1 pushes did not come',
  ]);
});

it('is a page with commit, day and load, a row for each kind, and both ratios', () => {
  const day = new Date('2026-11-29T12:00:00Z');
  const page = socketPage(good, { commit: 'abc1234', day, cores: 2, load: 1.25 });
  expect(page).toContain('with abc1234 on 2026-11-29, on a machine with 2 cores and a load of 1.3');
  expect(page).toContain('300 connections, of which 100 hear; 6 messages one after the other, then 9');
  expect(page).toContain(
    '| tracking | 300 (300–300) | 25.0 (22.5–27.5) | 408 (371–453) | 800 (727–889) | 100 (90.0–110) | 2.0 (2.0–2.0) | 0 |',
  );
  expect(page).toContain('| `ws` alone | 300 | 1000 | 10.2 | 20.0 | 4000 | – | 0 |');
  expect(page).toContain('| tracking to the bare route | 0.25 | 4.0 | 0.25 |');
  expect(page).toContain('| the bare route to `ws` alone | 0.10 | 10 | 0.10 |');
});
