import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readFacts, writeFacts } from './facts.ts';
import { HouseError } from './index.ts';

class LimitError extends HouseError<{ limit: number; of: string }> {
  override readonly name = 'LimitError';
}

it('facts come back from the message of an error', () => {
  const { message } = new LimitError({ limit: 10_000_000, of: 'merchant_1' });
  expect(message).toBe('LimitError: limit=10000000 of=merchant_1');
  expect(readFacts(message)).toEqual({ limit: 10_000_000, of: 'merchant_1' });
});

it('whole numbers and words come back, whatever they are', () => {
  const word = fc.stringMatching(/^[a-z][a-zA-Z0-9_.:-]{0,30}$/);
  const value = fc.oneof(fc.integer(), word);
  fc.assert(
    fc.property(
      fc.dictionary(
        word.filter((name) => /^\w+$/.test(name)),
        value,
        { noNullPrototype: true },
      ),
      (facts) => {
        expect(readFacts(`SomeError: ${writeFacts(facts)}`)).toEqual(facts);
      },
    ),
  );
});

it('what is neither is left out, and a text without facts has none', () => {
  expect(readFacts(`E: ${writeFacts({ issues: [{ field: 'a' }], n: 1 })}`)).toEqual({ n: 1 });
  expect(readFacts('the payment took longer than its deadline allows')).toEqual({});
});
