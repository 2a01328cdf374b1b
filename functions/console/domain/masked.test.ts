import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { maskedPayload } from './masked.ts';

const TOKEN = 'AQCAAAAAKgAAAAMAAAAA+/sk"ab\\c';

/** A value as JSON, so often put as a text into a field of more JSON. */
const nested = (value: object, depth: number): string =>
  depth === 0 ? JSON.stringify(value) : JSON.stringify({ MessageBody: nested(value, depth - 1), after: 1 });

describe('a payload', () => {
  it.each([0, 1, 2, 3])('shows no task token, %s times inside of a text', (depth) => {
    const secret = { context: { state: 'AwaitBank' }, token: TOKEN, payment: 'payment_1' };
    const masked = maskedPayload(nested(secret, depth));
    expect(masked).toBe(nested({ ...secret, token: '***' }, depth));
  });

  it('shows nobody’s name, number or VPA', () => {
    const text = '{"name":"Asha","phone":9812345678,"payer_vpa" : "asha@upi","note":"call +919812345678"}';
    expect(maskedPayload(text)).toBe('{"name":"***","phone":"***","payer_vpa" : "***","note":"call ***"}');
  });

  it('stays as it is written otherwise: no digit of an amount changes', () => {
    const text =
      '{ "amount": 9007199254740993, "of": 0.10, "tokens": [1], "functionName": "bank" , "list": ["a" ] }';
    expect(maskedPayload(text)).toBe(text);
  });

  it('that is no JSON, or cut in the middle, is shown without failing', () => {
    expect(maskedPayload('Lambda said: {"token":"abc')).toBe('Lambda said: {"token":"abc');
    expect(maskedPayload('')).toBe('');
  });

  it('of any length is masked in no time that anybody notices', () => {
    // A pattern that looks back over and over would take minutes, and this test its time-out.
    for (const part of ['\\', '"token":"', '"a":"b', 'x', '\\"token\\":\\"']) {
      expect(maskedPayload(part.repeat(30_000))).not.toBe('');
    }
  });

  test.prop([fc.jsonValue(), fc.nat(3)])('stays JSON of the same shape', (value, depth) => {
    const text = nested({ value }, depth);
    expect(() => JSON.parse(maskedPayload(text))).not.toThrow();
  });
});
