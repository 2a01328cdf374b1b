import { describe, expect, it } from 'vitest';
import { holds } from '../emulator/report.ts';
import type { Round } from './load.ts';
import { askedIn } from './profile.ts';
import { barsOf, type Compared, type Doors, differencesIn, restPage } from './report.ts';

const shot = (rate: number): Round => ({
  ...{ rate, p50: 1_000 / rate, p99: 3_000 / rate, errors: 0 },
  ...{ emulatorMs: 800 / rate, emulatorBusy: 80 },
});
const one: Compared = {
  ...{ amount: 600, connections: 8 },
  shots: { ours: [70, 80, 90].map(shot), baseline: [99, 100, 101].map(shot) },
  profile: {
    asked: [{ what: 'DynamoDB Query', times: 1, ms: 12 }],
    functions: [
      { group: '`zomato-ordering-list-restaurants`', calls: 1, ms: 40 },
      { group: '`seldom`', calls: 0.001, ms: 0.1 },
    ],
    dynamoCalls: 2.5,
    baseline: { calls: 1, ms: 20 },
  },
};
const doors: Doors = { search: one, order: { ...one, shots: { ...one.shots, ours: [shot(20)] } } };

it('holds the medians of the rounds to the bar, each door for itself', () => {
  const [search, order] = barsOf(doors);
  expect(search?.measured).toBeCloseTo(0.8);
  expect(order?.measured).toBeCloseTo(0.2);
  expect([search, order].map((bar) => bar && holds(bar))).toEqual([true, false]);
});

describe('what differs', () => {
  it('is nothing where every request was answered', () => {
    expect(differencesIn(doors)).toEqual([]);
  });

  it('is every answer that was none, ours or the baseline’s', () => {
    const failing = { ...one, shots: { ...one.shots, baseline: [{ ...shot(100), errors: 2 }, shot(100)] } };
    expect(differencesIn({ ...doors, order: failing })).toEqual(['2 errors of order, baseline']);
  });
});

it('tells what a door asks for, what takes longest first', () => {
  const span = (name: string, ms: number) => ({ name, ms, kind: 'client', id: name });
  const spans = [span('DynamoDB Query', 10), span('DynamoDB PutItem', 4), span('DynamoDB Query', 20)];
  expect(askedIn(spans, 2)).toEqual([
    { what: 'DynamoDB Query', times: 1, ms: 15 },
    { what: 'DynamoDB PutItem', times: 0.5, ms: 4 },
  ]);
});

it('is a page with commit, day and load, bars, latencies, and where the time goes', () => {
  const day = new Date('2026-11-29T12:00:00Z');
  const page = restPage(doors, { commit: 'abc1234', day, cores: 2, load: 1.25 });
  expect(page).toContain('with abc1234 on 2026-11-29, on a machine with 2 cores and a load of 1.3');
  expect(page).toContain('| `GET /restaurants` a second, to its baseline | at least 0.7 | 0.80 | yes |');
  expect(page).toContain('| `POST /orders` a second, to its baseline | at least 0.7 | 0.20 | **no** |');
  expect(page).toContain(
    '| ordering | 80.0 (70.0–90.0) | 12.5 (11.1–14.3) | 37.5 (33.3–42.9) | 10.0 (8.9–11.4) | 80.0 (80.0–80.0) | 0 |',
  );
  expect(page).toContain('| DynamoDB Query | 1.0 | 12.0 |');
  expect(page).toContain('| `zomato-ordering-list-restaurants` | 1.0 | 40.0 | 40.0 |');
  expect(page).toContain('40.1 ms of Lambda; the baseline’s took 20.0. DynamoDB was asked 2.5 times');
  expect(page).not.toContain('seldom');
});
