import { describe, expect, it } from 'vitest';
import { beginningOf, effectIn, effectOfMessage } from './of-message.ts';

const pattern = { owner: 'deliver-notice {data.payment}', name: '{id}' };

describe('the effect of a message', () => {
  it('is named by what stands in it, and kept longer than any dead letter', () => {
    const message = { id: 'event-1', data: { payment: 'payment_1' } };
    const effect = { owner: 'deliver-notice payment_1', name: 'event-1' };
    expect(effectIn(pattern, message)).toEqual(effect);
    expect(effectOfMessage(pattern, message)).toEqual({ ...effect, keepDays: 30 });
    expect(beginningOf(pattern)).toBe('deliver-notice ');
  });

  it.each([
    undefined,
    null,
    17,
    'text',
    {},
    { id: 'e' },
    { id: '', data: { payment: 'p' } },
    { id: 1, data: {} },
  ])('is none where that is missing: %j', (message) => {
    expect(effectIn(pattern, message)).toBeUndefined();
    expect(() => effectOfMessage(pattern, Object(message))).toThrow(TypeError);
  });

  it('looks at nothing that an object has by birth', () => {
    expect(effectIn({ owner: '{constructor.name}', name: 'x' }, {})).toBeUndefined();
  });
});
