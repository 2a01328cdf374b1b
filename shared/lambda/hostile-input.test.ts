import { fc, test } from '@fast-check/vitest';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { defineRoute } from '../http/index.ts';
import { restHandler } from './index.ts';
import { keptLines, type Lines, lambdaContext, proxyEvent } from './lambda.fixture.ts';

/** A door whose body has what bodies have: lists, texts, records, variants, and something of every depth. */
const route = defineRoute({
  name: 'file-claim',
  method: 'POST',
  path: '/claims/{claim}',
  summary: 'Files a claim.',
  access: { roles: ['customer'] },
  idempotent: 'key',
  request: {
    path: z.object({ claim: z.string() }),
    headers: z.object({ 'x-desk': z.string().optional() }),
    body: z.strictObject({
      count: z.int().min(1),
      notes: z.array(z.string().max(20)).optional(),
      metadata: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
      anything: z.json().optional(),
      paid: z
        .discriminatedUnion('by', [
          z.object({ by: z.literal('upi'), vpa: z.string() }),
          z.object({ by: z.literal('cash'), notes: z.array(z.int()) }),
        ])
        .optional(),
    }),
  },
  answers: { 201: z.object({ claim: z.string() }) },
  errors: [],
});

let used = 0;
const handler = restHandler({
  route,
  ports: () => ({}),
  handle: () => async () => {
    used += 1;
    return { status: 201, body: { claim: 'c1' } } as const;
  },
});
const posted = (over: object) =>
  handler(proxyEvent({ pathParameters: { claim: 'c1' }, ...over }), lambdaContext('f'));
const DEVANAGARI = /[ऀ-ॿ]/;
const headers = (over: object = {}) => ({ ...(proxyEvent().headers as object), ...over });
/** A valid body with something more in it, written by hand: what no JSON.stringify would make. */
const withMember = (text: string) => `{"count":1,${text}}`;
const repeated = (count: number, text: (n: number) => string) =>
  Array.from({ length: count }, (_, n) => text(n)).join();
const bytes = (...parts: readonly (string | number)[]) => ({
  body: Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : Buffer.from([part]))),
  ).toString('base64'),
  isBase64Encoded: true,
});

const INVALID = [400, 'InvalidInputError'] as const;
const HOSTILE: readonly (readonly [string, object, number, string])[] = [
  ['thirty thousand lists in each other', { body: '['.repeat(30_000) + ']'.repeat(30_000) }, ...INVALID],
  [
    'ten thousand objects in each other',
    { body: withMember(`"anything":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`) },
    ...INVALID,
  ],
  ['a list of thirty thousand numbers', { body: `[${repeated(30_000, () => '1')}]` }, ...INVALID],
  [
    'a list of thirty thousand entries, all of them wrong',
    { body: withMember(`"notes":[${repeated(30_000, () => '1')}]`) },
    ...INVALID,
  ],
  [
    'six thousand fields that nobody knows',
    { body: withMember(repeated(6_000, (n) => `"f${n}":1`)) },
    ...INVALID,
  ],
  ['a field whose name is 60 kB long', { body: withMember(`"${'n'.repeat(60_000)}":1`) }, ...INVALID],
  ['a text of 60 kB', { body: withMember(`"notes":["${'x'.repeat(60_000)}"]`) }, ...INVALID],
  ['a number of 60,000 digits', { body: `{"count":${'9'.repeat(60_000)}}` }, ...INVALID],
  ['the key __proto__', { body: withMember('"__proto__":{"count":1}') }, ...INVALID],
  ['the key constructor', { body: withMember('"constructor":{"prototype":{"count":1}}') }, ...INVALID],
  ['__proto__ further down', { body: withMember('"metadata":{"__proto__":"x"}') }, ...INVALID],
  ['a body that is no UTF-8', bytes(withMember('"notes":["').slice(0, -1), 0xff, '"]}'), ...INVALID],
  ['half a letter of UTF-8', bytes('{"count":1,"notes":["', 0xe0, 0xa4, '"]}'), ...INVALID],
  ['a body that is a list', { body: '[]' }, ...INVALID],
  ['a body that is a text', { body: '"count"' }, ...INVALID],
  ['a body that is null', { body: 'null' }, ...INVALID],
  ['no body', { body: null }, ...INVALID],
  ['half a body', { body: '{"count":1' }, ...INVALID],
  ['a path that is escaped wrongly', { pathParameters: { claim: '%zz' } }, ...INVALID],
  ['a path that is escaped into no UTF-8', { pathParameters: { claim: 'c%FF' } }, ...INVALID],
  ['an idempotency key in two spellings', { headers: headers({ 'idempotency-key': 'key-2' }) }, ...INVALID],
  ['two idempotency keys', { multiValueHeaders: { 'Idempotency-Key': ['key-1', 'key-2'] } }, ...INVALID],
  [
    'a header of the contract in two spellings',
    { headers: headers({ 'X-Desk': '1', 'x-desk': '2' }) },
    ...INVALID,
  ],
  [
    'two content types',
    { multiValueHeaders: { 'Content-Type': ['text/plain', 'application/json'] } },
    ...INVALID,
  ],
  [
    'another content type',
    { headers: headers({ 'Content-Type': 'text/xml' }) },
    415,
    'UnsupportedMediaTypeError',
  ],
  ['more than 64 kB', { body: withMember(`"notes":["${'x'.repeat(66_000)}"]`) }, 413, 'BodyTooLargeError'],
  ['more than 64 kB of bytes', bytes('ल'.repeat(22_000)), 413, 'BodyTooLargeError'],
];

let lines: Lines;
beforeEach(() => {
  lines = keptLines();
  used = 0;
});
afterEach(() => vi.restoreAllMocks());

describe('a door answers by name, in the language of the reader, and does nothing, for', () => {
  it.each(HOSTILE)('%s', async (_, over, status, name) => {
    for (const language of ['en', 'hi']) {
      const given = (over as { headers?: object }).headers ?? headers();
      const { statusCode, body } = await posted({
        ...over,
        headers: { ...given, 'Accept-Language': language },
      });
      const problem = JSON.parse(body);
      expect([statusCode, problem.name]).toEqual([status, name]);
      expect(DEVANAGARI.test(problem.detail), problem.detail).toBe(language === 'hi');
      // An answer that grows with the question is a weapon.
      expect(body.length).toBeLessThan(8_000);
    }
    expect(used).toBe(0);
    expect(lines.text().length).toBeLessThan(32_000);
  });

  it('the same header twice with one value: that is no contradiction', async () => {
    const twice = { 'idempotency-key': 'key-1', 'content-type': 'application/json' };
    const multiValueHeaders = { 'Idempotency-Key': ['key-1', 'key-1'] };
    const body = '{"count":1}';
    expect(await posted({ body, headers: headers(twice), multiValueHeaders })).toMatchObject({
      statusCode: 201,
    });
  });
});

describe('a door never says that it was its own fault', () => {
  beforeAll(() => {
    vi.stubEnv('SYSTEM', 'insurance');
  });
  afterAll(() => {
    vi.unstubAllEnvs();
  });
  const isValid = (text: string) => {
    try {
      return route.request.body.safeParse(JSON.parse(text)).success;
    } catch {
      return false;
    }
  };
  const member = fc.oneof(
    fc.jsonValue({ maxDepth: 4 }),
    fc.constantFrom(1, [1], 'upi', { by: 'upi' }, { by: 'cash' }),
  );
  /** Near to what is accepted: the known fields with anything in them. */
  const nearly = fc.record(
    { count: fc.oneof(fc.nat(), member), notes: member, metadata: member, anything: member, paid: member },
    { requiredKeys: [] },
  );
  const body = fc.oneof(
    fc.json({ maxDepth: 6 }),
    nearly.map((value) => JSON.stringify(value)),
    fc.string({ unit: 'binary' }),
  );

  test.prop([body])('whatever the body is', async (text) => {
    const { statusCode } = await posted({ body: text });
    expect(statusCode).toBe(isValid(text) ? 201 : 400);
  });

  test.prop([fc.uint8Array({ maxLength: 200 })])('whatever the bytes are', async (some) => {
    const { statusCode } = await posted({
      body: Buffer.from(some).toString('base64'),
      isBase64Encoded: true,
    });
    expect(statusCode).toBe(400);
  });

  test.prop([fc.dictionary(fc.string(), fc.string({ unit: 'binary' })), fc.string({ unit: 'binary' })])(
    'whatever headers and path are',
    async (some, claim) => {
      const given = { body: '{"count":1}', headers: headers(some), pathParameters: { claim } };
      expect((await posted(given)).statusCode).toBeLessThan(500);
    },
  );
});
