import { describe, expect, it } from 'vitest';
import { idSchema, newId, uuidV7 } from './index.ts';

describe('ids', () => {
  it('are of their kind, and of no other', () => {
    const id = newId('payment', uuidV7);
    expect(idSchema('payment').parse(id)).toBe(id);
    expect(idSchema('user').safeParse(id).success).toBe(false);
    expect(idSchema('payment').safeParse(`${id}/x`).success).toBe(false);
  });

  it('must be version 7: what sorts by time', () => {
    const version4 = `payment_${crypto.randomUUID()}`;
    expect(idSchema('payment').safeParse(version4).success).toBe(false);
  });

  it('rise within a process, even in one millisecond', () => {
    const made = Array.from({ length: 1000 }, () => newId('payment', uuidV7));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(1000);
  });
});
