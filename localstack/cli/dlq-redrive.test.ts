import { describe, expect, it } from 'vitest';
import type { DeadLetter, DeadLetters } from '../../shared/dead-letters/index.ts';
import { redriving } from './dlq-redrive.ts';

const letter = { trail: 't1', body: '{"kind":"x"}' } as DeadLetter;
const unknown = async () => 'unknown' as const;

describe('dabba dlq redrive', () => {
  it.each(['/kind', 'kind="x"', '/kind=x', '/kind='])('takes no edit that is none: %s', (edit) => {
    expect(() => redriving({ edit: [edit] })).toThrow('no edit');
  });

  it.each(['0', '101', 'fast', '1.5'])('takes no rate that is none: %s', (rate) => {
    expect(() => redriving({ rate })).toThrow('no rate');
  });

  it('edits what it sends, and asks again for what there was no time for', async () => {
    const bodies: (string | undefined)[] = [];
    let rounds = 0;
    const redrive: DeadLetters['redrive'] = async (meant, { edited, turn } = {}) => {
      rounds += 1;
      expect(meant(letter)).toBe(true);
      if (rounds === 1) return [{ letter, outcome: 'not reached' }];
      expect(await turn?.()).toBe(true);
      bodies.push(edited?.(letter)?.body);
      return [{ letter, outcome: 'sent back' }];
    };
    const run = redriving({ edit: ['/kind="a=b"'], rate: '5' });
    const letters = { redrive } as DeadLetters;
    expect(await run(letters, unknown, ({ trail }) => trail === 't1')).toEqual([
      { letter, outcome: 'sent back' },
    ]);
    expect(bodies).toEqual(['{"kind":"a=b"}']);
  });
});
