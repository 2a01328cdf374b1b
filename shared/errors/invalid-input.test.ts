import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { phrase } from '../messages/index.ts';
import { invalidInput } from './index.ts';

const issues = (schema: z.ZodType, input: unknown) => {
  const { error } = schema.safeParse(input, { reportInput: true });
  if (!error) throw new Error('it parsed');
  return invalidInput(error, 'body').facts.issues;
};
/** The field, and what was expected in English and Hindi, of the one issue. */
const only = (schema: z.ZodType, input: unknown) => {
  const [issue, ...more] = issues(schema, input);
  expect(more).toEqual([]);
  return [issue?.field, issue?.expected, issue?.expectedHi];
};
const a = (schema: z.ZodType) => z.object({ a: schema });

describe('an invalid input', () => {
  it.each([
    ['what is missing', a(z.string()), {}, 'a value, because it is required', 'कोई मान, क्योंकि यह ज़रूरी है'],
    [
      'a missing choice',
      a(z.enum(['x', 'y'])),
      {},
      'a value, because it is required',
      'कोई मान, क्योंकि यह ज़रूरी है',
    ],
    ['a wrong type', a(z.string()), { a: 1 }, 'a text', 'पाठ'],
    ['a fraction', a(z.int()), { a: 1.5 }, 'a whole number', 'पूर्ण संख्या'],
    ['a text for a number', a(z.coerce.number()), { a: 'x' }, 'a number', 'संख्या'],
    ['a list for an object', a(z.object({})), { a: [] }, 'an object', 'ऑब्जेक्ट'],
    ['a type without words', a(z.symbol()), { a: 1 }, 'a valid value', 'सही मान'],
    ['too small', a(z.number().min(1)), { a: 0 }, 'at least 1', 'कम से कम 1'],
    ['not above', a(z.number().gt(1)), { a: 1 }, 'more than 1', 'इससे ज़्यादा: 1'],
    ['too big', a(z.number().max(9)), { a: 10 }, 'at most 9', 'ज़्यादा से ज़्यादा 9'],
    ['not below', a(z.number().lt(9)), { a: 9 }, 'less than 9', 'इससे कम: 9'],
    ['too short', a(z.string().min(2)), { a: 'x' }, 'at least 2 characters', 'कम से कम 2 अक्षर'],
    ['too long', a(z.string().max(2)), { a: 'xyz' }, 'at most 2 characters', 'ज़्यादा से ज़्यादा 2 अक्षर'],
    ['too few', a(z.array(z.string()).min(1)), { a: [] }, 'at least 1 entry', 'कम से कम 1 प्रविष्टियाँ'],
    ['a wrong date', a(z.iso.date()), { a: 'x' }, 'a date like 2026-11-24', '2026-11-24 जैसी तारीख'],
    [
      'a wrong pattern',
      a(z.string().regex(/^a+$/, { error: phrase({ en: 'some of the letter a', hi: 'कुछ a अक्षर' }) })),
      { a: 'b' },
      'some of the letter a',
      'कुछ a अक्षर',
    ],
    [
      'a wrong pattern that nobody put into words',
      a(z.string().regex(/^a+$/)),
      { a: 'b' },
      'a valid value',
      'सही मान',
    ],
    [
      'a format with words of its own',
      a(z.url({ protocol: /^https$/, error: phrase({ en: 'a link that is safe', hi: 'सुरक्षित लिंक' }) })),
      { a: 'http://x' },
      'a link that is safe',
      'सुरक्षित लिंक',
    ],
    ['a format without words', a(z.base64()), { a: '!' }, 'a valid value', 'सही मान'],
    ['an unknown value', a(z.enum(['x', 'y'])), { a: 'z' }, 'one of x, y', 'इनमें से एक: x, y'],
    ['not the one value', a(z.literal('INR')), { a: 'USD' }, 'exactly INR', 'ठीक INR'],
    ['no multiple', a(z.number().multipleOf(5)), { a: 7 }, 'a multiple of 5', '5 का गुणज'],
    [
      'a rule of our own',
      a(z.string().refine(() => false, phrase({ en: 'an even number of letters', hi: 'सम संख्या में अक्षर' }))),
      { a: '' },
      'an even number of letters',
      'सम संख्या में अक्षर',
    ],
    [
      'neither of two',
      a(z.union([z.string(), z.literal(1)])),
      { a: true },
      'a text, or exactly 1',
      'पाठ, या ठीक 1',
    ],
    [
      'a bad key of a record',
      a(z.record(z.string().max(1), z.string())),
      { a: { xx: '' } },
      'a valid value',
      'सही मान',
    ],
  ])('says what was expected for %s', (_, schema, input, en, hi) => {
    const [field, expected, expectedHi] = only(schema, input);
    expect(field).toMatch(/^body\.a/);
    expect([expected, expectedHi]).toEqual([en, hi]);
  });

  it('names a field that is not known by its own path', () => {
    const schema = z.object({ list: z.array(z.strictObject({})) });
    expect(issues(schema, { list: [{}, { x: 1, y: 2 }] }).map(({ field }) => field)).toEqual([
      'body.list.1.x',
      'body.list.1.y',
    ]);
  });

  it('speaks about the shape that fits best', () => {
    const schema = a(z.union([z.object({ x: z.string(), y: z.string() }), z.object({ x: z.number() })]));
    expect(only(schema, { a: { x: true } })).toEqual(['body.a.x', 'a number', 'संख्या']);
  });

  it('says that a kind is not known, or is missing', () => {
    const kinds = z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('a') }),
      z.object({ kind: z.literal('b') }),
    ]);
    expect(only(kinds, { kind: 'c' })).toEqual(['body.kind', 'a known kind', 'कोई ज्ञात प्रकार']);
  });

  it('keeps what the caller has sent out of its cause', () => {
    const { error } = a(z.int()).safeParse({ a: '+919876543210' }, { reportInput: true });
    expect(JSON.stringify(error)).toContain('+919876543210');
    const { cause } = invalidInput(error as z.ZodError, 'body');
    expect(cause).toMatchObject({ name: 'ZodError', message: 'a invalid_type' });
    expect(JSON.stringify(cause)).not.toContain('+919876543210');
  });
});
