import { expect, it } from 'vitest';
import { isJson, jsonOf } from './index.ts';

it.each(['null', '0', '""', 'false', '[]', '{"a":1}'])('reads %s, and knows it for JSON', (text) => {
  expect(jsonOf(text)).toEqual(JSON.parse(text));
  expect(isJson(text)).toBe(true);
});

it.each(['', '{', '<html>', 'undefined', "{'a':1}"])('takes "%s" for a text that is no JSON', (text) => {
  expect(jsonOf(text)).toBeUndefined();
  expect(isJson(text)).toBe(false);
});
