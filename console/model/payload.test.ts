import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { payloadChanges, setOut } from './payload.ts';

describe('two payloads', () => {
  it('differ place by place', () => {
    const one = '{"payment":"payment_1","amount":1500,"steps":["hold","capture"],"gone":{"a":1}}';
    const other = '{"payment":"payment_1","amount":1499,"steps":["hold","refund","close"],"new field":true}';
    expect(payloadChanges(one, other)).toEqual([
      { path: '$.amount', one: '1500', other: '1499' },
      { path: '$.steps[1]', one: '"capture"', other: '"refund"' },
      { path: '$.steps[2]', other: '"close"' },
      { path: '$.gone', one: '{"a":1}' },
      { path: '$["new field"]', other: 'true' },
    ]);
  });

  it('differ by a paisa that no float can tell', () => {
    expect(payloadChanges('{"amount":9007199254740993}', '{"amount":9007199254740992}')).toEqual([
      { path: '$.amount', one: '9007199254740993', other: '9007199254740992' },
    ]);
  });

  it('do not differ by spaces or by the order of fields', () => {
    expect(payloadChanges('{"a":1,"b":[{}]}', ' { "b": [ { } ], "a": 1 }')).toEqual([]);
  });

  it('differ where one has a list and the other an object, nothing and something', () => {
    expect(payloadChanges('{"a":[1]}', '{"a":{"0":1}}')).toEqual([
      { path: '$.a', one: '[1]', other: '{"0":1}' },
    ]);
    expect(payloadChanges('null', '{}')).toEqual([{ path: '$', one: 'null', other: '{}' }]);
  });

  it('differ as a whole where one is no JSON', () => {
    expect(payloadChanges('{"a":1}', 'Lambda said no')).toEqual([
      { path: '$', one: '{"a":1}', other: 'Lambda said no' },
    ]);
  });

  test.prop([fc.jsonValue()])('that say the same do not differ, however deep', (value) => {
    expect(payloadChanges(JSON.stringify(value), JSON.stringify(value, null, 2))).toEqual([]);
  });

  test.prop([fc.jsonValue(), fc.jsonValue()])(
    'that differ say so, the same from both sides',
    (one, other) => {
      const [a, b] = [JSON.stringify(one), JSON.stringify(other)];
      const turned = payloadChanges(b, a).map(({ path, one, other }) => ({
        path,
        ...(other === undefined ? {} : { one: other }),
        ...(one === undefined ? {} : { other: one }),
      }));
      const found = payloadChanges(a, b);
      const byPath = (x: { path: string }, y: { path: string }) => (x.path < y.path ? -1 : 1);
      expect(found.toSorted(byPath)).toEqual(turned.toSorted(byPath));
      if (found.length === 0) expect(JSON.parse(a)).toEqual(JSON.parse(b));
    },
  );
});

describe('a payload set out in lines', () => {
  /** What JSON is made of, as it is written: numbers that no float holds, escapes, names twice and names like numbers. */
  const anyText = fc.oneof(
    fc.json(),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 64n }).map(String),
    fc.constantFrom('1e400', '-0', '1.0', '1E+2', '"\\u0041\\/"', '"{[,:]}"', '"\\""', '{}', '[]', ' [ ] '),
  );
  const anyPayload = fc.oneof(
    anyText,
    fc.array(anyText).map((parts) => `[${parts.join(' ,')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('"b"', '"1"', '"b"', '"__proto__"', '"a: {"'), anyText))
      .map((parts) => `{\n${parts.map(([name, text]) => `${name} :${text}`).join(',')}}`),
  );
  /** Its tokens: strings whole, and all else without spaces. */
  const tokensOf = (text: string) => text.match(/"(?:[^"\\]|\\.)*"|[^\s"]/gu) ?? [];

  test.prop([anyPayload])('has every token as it stood, in the order in which it stood', (text) => {
    expect(tokensOf(setOut(text))).toEqual(tokensOf(text));
    expect(JSON.parse(setOut(text))).toEqual(JSON.parse(text));
    expect(setOut(setOut(text))).toBe(setOut(text));
  });

  test.prop([fc.jsonValue()])('looks as everybody sets it out', (value) => {
    expect(setOut(JSON.stringify(value))).toBe(JSON.stringify(value, null, 2));
  });

  test.prop([fc.string()])('comes back as it is where it is no JSON', (text) => {
    fc.pre(!isJson(text));
    expect(setOut(text)).toBe(text);
  });

  it('may be nested as deep as it likes', () => {
    const deep = `${'['.repeat(1_000)}1${']'.repeat(1_000)}`;
    expect(setOut(deep).replaceAll(/\s/g, '')).toBe(deep);
  });
});

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};
