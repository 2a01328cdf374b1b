import { describe, expect, it } from 'vitest';
import { idSchema, newId } from '../ids/index.ts';
import { fixedClock, sequenceIds } from './memory-ports.ts';

describe('the ports in memory', () => {
  it('have a clock that stands until it is moved', () => {
    const clock = fixedClock('2026-03-31T18:29:59.000Z');
    expect(clock.now()).toEqual(clock.now());
    clock.advance(1_000);
    expect(clock.now().toISOString()).toBe('2026-03-31T18:30:00.000Z');
  });

  it('count ids that are valid and sort in their order', () => {
    const ids = sequenceIds();
    const made = Array.from({ length: 20 }, () => newId('payment', ids));
    expect(made.map((id) => idSchema('payment').parse(id))).toEqual([...new Set(made)].sort());
  });
});
