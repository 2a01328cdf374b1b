import { describe, expect, it } from 'vitest';
import { shorten } from './difference.ts';
import type { Row } from './results.ts';
import { tableOf } from './table.ts';

const row: Row = {
  service: 'sqs',
  sentence: 'A message comes back',
  page: { url: 'https://docs.aws.amazon.com/page.html' },
  reliedOn: 'shared/lambda — queueConsumer',
  outcomes: { local: { passes: true }, stock: { passes: false, seen: 'received: ["a|b"]' } },
};

describe('the table', () => {
  it('shows what passes, what was seen instead, and what we could not run', () => {
    const sentence = '[A message comes back](https://docs.aws.amazon.com/page.html)';
    expect(tableOf([row])).toContain(
      `| ${sentence} ● shared/lambda — queueConsumer | ✓ | differs: received: ["a\\|b"] | not run by us | not run by us |`,
    );
  });

  it('counts each target', () => {
    expect(tableOf([row, { ...row, sentence: 'Another', outcomes: {} }])).toContain('| stock | 0 | 1 | 1 |');
  });

  it('lists what waits for its first user, and does not count it', () => {
    const table = tableOf([{ ...row, waits: 'nobody has a pipe', outcomes: {} }]);
    expect(table).toContain('waits for its first user: nobody has a pipe');
    expect(table).toContain('0 behaviours');
  });

  it('says where a page was read whose copy could not be had', () => {
    const table = tableOf([{ ...row, page: { ...row.page, by: 'its Chinese edition' } }]);
    expect(table).toContain(' † ●');
    expect(table).toContain('- <https://docs.aws.amazon.com/page.html>: its Chinese edition');
  });
});

describe('what was seen, in a cell', () => {
  it('is the same in every run', () => {
    expect(shorten('behaves-k3j9x0-queue at 2026-11-24T10:00:00.123Z from 127.0.0.1:40123')).toBe(
      'queue at <time> from <host>',
    );
    expect(shorten('arn:aws:sqs:ap-south-1:000000000000:behaves-k3j9x0-dead')).toBe('sqs:dead');
  });

  it('is one line of at most a hundred characters', () => {
    expect(shorten('a\n  b')).toBe('a b');
    expect(shorten('x'.repeat(300))).toHaveLength(100);
  });
});
