import { describe, expect, it } from 'vitest';
import { holds } from '../emulator/report.ts';
import { barsOf, bookingsPage, type Round, type Throughput } from './report.ts';

const round = (done: number): Round => ({ told: done / 4, done, emulatorMs: done * 5 });
const found: Throughput = {
  ...{ seed: 7, size: { rounds: 3, requests: 120, lines: 10 }, others: [] },
  rounds: {
    alone: [1.9, 2, 2.1].map(round),
    live: [3.9, 4, 4.1].map((done) => ({ ...round(done), ticketed: done * 20 })),
    baseline: [0.9, 1, 1.1].map(round),
  },
  profile: {
    consumer: { calls: 0.1, ms: 40 },
    asked: [{ what: 'DynamoDB TransactWriteItems', times: 0.1, ms: 300 }],
    baseline: { calls: 0.1, ms: 3 },
    functions: [
      { group: '`irctc-booking-take-payment`', calls: 0.5, ms: 500 },
      { group: '`seldom`', calls: 0.001, ms: 0.1 },
    ],
    all: [{ what: 'DynamoDB GetItem', times: 40, ms: 20 }],
  },
};
const circumstances = { commit: 'abc1234', day: new Date('2026-11-29T12:00:00Z'), cores: 2, load: 1.25 };

it('holds the line as the city runs to the bar, by the medians of the rounds', () => {
  const [bar] = barsOf(found);
  expect(bar?.measured).toBeCloseTo(0.25);
  expect(bar && holds(bar)).toBe(false);
  const quick = { ...found, rounds: { ...found.rounds, live: [1.2, 1.3, 9].map(round) } };
  expect(barsOf(quick).every(holds)).toBe(true);
});

describe('the page', () => {
  const page = bookingsPage(found, circumstances);

  it('says with what and when, the bar, and what it would be of other readings', () => {
    expect(page).toContain('with abc1234 on 2026-11-29, on a machine with 2 cores and a load of 1.3');
    expect(page).toContain('to messages of the baseline | at least 0.7 | 0.25 | **no** |');
    expect(page).toContain('| the same, while what follows is held back | – | 0.50 | – |');
    expect(page).toContain('| bookings a second that are tickets, paid by the payment saga | – | 0.01 | – |');
  });

  it('has each side, the tickets, and where the time goes', () => {
    expect(page).toContain('120 messages a round in 10 groups, from seed 7.');
    expect(page).toContain(
      '| the baseline | 120 (109–133) | 0.25 (0.23–0.28) | 1.0 (0.90–1.1) | 5.0 (4.5–5.5) |',
    );
    expect(page).toContain('The last of 120 was a ticket after 80.0 (78.0–82.0) s');
    expect(page).toContain('| DynamoDB TransactWriteItems | 0.10 | 300 |');
    expect(page).toContain('| `irctc-booking-take-payment` | 0.50 | 1000 | 500 |');
    expect(page).not.toContain('seldom');
  });

  it('names bookings that became something else', () => {
    expect(page).toContain('Every booking became a ticket.');
    const others = ['booking_1 is FAILED: NoRoomError'];
    expect(bookingsPage({ ...found, others }, circumstances)).toContain('- booking_1 is FAILED: NoRoomError');
  });
});
