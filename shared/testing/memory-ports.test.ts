import { describe, expect, it } from 'vitest';
import { idSchema, newId } from '../ids/index.ts';
import { fixedClock, seededChance, sequenceIds } from './memory-ports.ts';

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

  it('repeat chance for the same seed, spread from 0 to 1', () => {
    const draw = (seed: number) => {
      const chance = seededChance(seed);
      return Array.from({ length: 1_000 }, () => chance());
    };
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
    const numbers = draw(7);
    expect(numbers.every((n) => n >= 0 && n < 1)).toBe(true);
    expect(numbers.filter((n) => n < 0.5).length).toBeGreaterThan(450);
    expect(numbers.filter((n) => n >= 0.5).length).toBeGreaterThan(450);
  });
});
