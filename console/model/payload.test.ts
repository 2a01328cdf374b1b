import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { payloadChanges } from './payload.ts';

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
