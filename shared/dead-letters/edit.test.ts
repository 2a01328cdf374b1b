import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { edited, editing } from './edit.ts';

const text =
  '{ "id":"e1", "token" : "se\\"cret}", "amount":9007199254740993.10, "data":{"kind":"telegram","list":[1, {"a/b":[true]}, "x"]}}';

describe('an edit', () => {
  it.each([
    ['/data/kind', '"receipt"', '"telegram"'],
    ['/amount', '9007199254740995.10', '9007199254740993.10'],
    ['/data/list/1/a~1b/0', 'null', 'true'],
    ['/data/list/1', ' {"c": 1} ', '{"a/b":[true]}'],
    ['/data/list/2', '"y"', '"x"'],
  ])('puts another value at %s, and leaves every other byte', (path, json, before) => {
    expect(edited(text, [{ path, json }])).toBe(text.replace(before, json.trim()));
  });

  it('of the whole is one, too, and several come one after the other', () => {
    expect(
      edited(' 17 ', [
        { path: '', json: '{"a":1}' },
        { path: '/a', json: '2' },
      ]),
    ).toBe(' {"a":2} ');
  });

  it.each(['/none', '/data/list/7', '/data/list/-', '/id/0', 'id', '/data/kind/'])(
    'does not fit where nothing is: %s',
    (path) => {
      expect(
        edited(text, [
          { path, json: '1' },
          { path: '/id', json: '1' },
        ]),
      ).toBeUndefined();
    },
  );

  it.each(['no JSON', '', '{"a":1'])('does not fit what is no JSON: %j', (body) => {
    expect(edited(body, [{ path: '', json: '1' }])).toBeUndefined();
  });

  it('means the last of two members of one name, as whoever parses it does', () => {
    expect(edited('{"a":1,"a":2}', [{ path: '/a', json: '3' }])).toBe('{"a":1,"a":3}');
  });

  it('is of one letter by its trail, and of no other', () => {
    const edit = editing({ t1: [{ path: '/a', json: '2' }] });
    expect(edit({ trail: 't1', body: '{"a":1}' })).toEqual({ trail: 't1', body: '{"a":2}' });
    expect(edit({ trail: 't1', body: '{}' })).toBeUndefined();
    for (const trail of ['t2', 'constructor']) {
      expect(edit({ trail, body: '{"a":1}' })).toEqual({ trail, body: '{"a":1}' });
    }
  });

  test.prop([fc.jsonValue({ maxDepth: 4 }), fc.jsonValue(), fc.constantFrom(undefined, 2)])(
    'finds every value of every JSON, whatever is in its texts',
    (before, after, spaces) => {
      const body = JSON.stringify({ kept: before, edited: before, last: before }, null, spaces);
      const json = JSON.stringify(after);
      expect(JSON.parse(edited(body, [{ path: '/edited', json }]) ?? '')).toEqual(
        JSON.parse(`{"kept":${JSON.stringify(before)},"edited":${json},"last":${JSON.stringify(before)}}`),
      );
    },
  );
});
