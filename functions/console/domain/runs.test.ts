import { describe, expect, it } from 'vitest';
import { payloadOf, runDetail, runView, SHOWN_BYTES } from './runs.ts';

const startedAt = new Date('2026-11-28T10:00:00Z');
const endedAt = new Date('2026-11-28T10:00:02Z');

describe('an execution', () => {
  it('of a saga says of which, and which of it', () => {
    expect(runView({ name: 'payment_01.2', status: 'SUCCEEDED', startedAt, endedAt })).toEqual({
      ...{ name: 'payment_01.2', saga: 'payment_01', number: 2, status: 'SUCCEEDED' },
      ...{ startedAt: '2026-11-28T10:00:00.000Z', endedAt: '2026-11-28T10:00:02.000Z' },
    });
  });

  it('of another name, or of a status that is new, is shown as it is', () => {
    expect(runView({ name: 'by-hand', status: 'PENDING_REDRIVE', startedAt })).toEqual({
      ...{ name: 'by-hand', status: 'PENDING_REDRIVE', startedAt: '2026-11-28T10:00:00.000Z' },
    });
  });

  it('shows its input and cause whole, however long', () => {
    const long = 'x'.repeat(SHOWN_BYTES + 1);
    const run = { name: 'a', status: 'FAILED', startedAt, endedAt, input: '{}', error: 'Bug', cause: long };
    expect(runDetail('machine', run)).toMatchObject({
      ...{ machine: 'machine', error: 'Bug', input: { size: 2, text: '{}' } },
      cause: { size: long.length, text: long },
    });
    expect(runDetail('machine', run)).not.toHaveProperty('output');
  });
});

it.each([
  ['x'.repeat(SHOWN_BYTES), true],
  ['x'.repeat(SHOWN_BYTES + 1), false],
  // Three bytes a letter.
  ['र'.repeat(SHOWN_BYTES / 2), false],
])('a text is given without being asked for up to so many bytes', (text, given) => {
  expect(payloadOf(text)).toEqual({ size: Buffer.byteLength(text), ...(given ? { text } : {}) });
});
