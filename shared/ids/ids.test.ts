import { describe, expect, it } from 'vitest';
import type * as z from 'zod';
import { invalidInput } from '../errors/index.ts';
import { idSchema, newId, referenceSchema, uuidV7 } from './index.ts';

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

  it('are asked for in words, in both languages', () => {
    const told = (schema: z.ZodType) => {
      const { error } = schema.safeParse('x y', { reportInput: true });
      return invalidInput(error as z.ZodError, 'path').facts.issues;
    };
    expect(told(idSchema('payment'))).toEqual([
      {
        field: 'path',
        expected: 'an id that begins with payment_',
        expectedHi: 'payment_ से शुरू होने वाली आईडी',
      },
    ]);
    expect(told(referenceSchema())).toMatchObject([{ expected: '1 to 64 English letters, digits or _.:-' }]);
  });

  it('rise within a process, even in one millisecond', () => {
    const made = Array.from({ length: 1000 }, () => newId('payment', uuidV7));
    expect(made.toSorted()).toEqual(made);
    expect(new Set(made).size).toBe(1000);
  });
});
