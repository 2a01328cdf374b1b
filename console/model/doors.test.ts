import { describe, expect, it } from 'vitest';
import looks from '../../functions/console/openapi.json' with { type: 'json' };
import saga from '../../functions/paytm-saga/openapi.json' with { type: 'json' };
import { type Door, doorsOf, lackingIn, mayChange, type OpenApi, requestOf } from './doors.ts';

const PAYMENT = 'payment_01a22511-140b-7537-91b2-3235d14db548';
const doorOf = (document: unknown, id: string): Door => {
  const door = doorsOf(document as OpenApi).find((one) => one.id === id);
  if (door === undefined) throw new Error(`no door ${id}`);
  return door;
};

describe('the doors of a system', () => {
  it('are read from its own document, each once', () => {
    const doors = doorsOf(saga as unknown as OpenApi);
    expect(new Set(doors.map(({ id }) => id)).size).toBe(doors.length);
    expect(doors.filter(mayChange).every(({ method }) => method !== 'GET')).toBe(true);
    expect(doorOf(saga, 'get-payment')).toMatchObject({
      ...{ method: 'GET', path: '/payments/{paymentId}', roles: expect.arrayContaining(['operator']) },
      inputs: [{ in: 'path', name: 'paymentId', required: true, says: 'string (payment_…)' }],
    });
    expect(doorOf(saga, 'openapi')).not.toHaveProperty('roles');
  });

  it('say what a value is where nothing is said', () => {
    const { inputs } = doorOf(looks, 'list-city-events');
    expect(inputs.find(({ name }) => name === 'limit')).toMatchObject({ example: '50', required: false });
  });

  it('give something to fill in, with what must be there, and what is meant by a name in its place', () => {
    const { body } = doorOf(saga, 'start-payment');
    const sample = JSON.parse(body?.sample ?? '') as object;
    expect(sample).toMatchObject({ merchantId: 'merchant_', amount: 1 });
    expect(sample).not.toHaveProperty('description');
    expect(body?.fields.map(({ path }) => path)).toEqual(expect.arrayContaining(['upi.flow', 'emiMonths']));
  });

  it('are read whatever their schemas are like', () => {
    const loop = { properties: { again: { $ref: '#/components/schemas/Loop' }, list: { type: 'array' } } };
    const schema = {
      type: 'object',
      required: ['loop', 'either', 'flag', 'tree', 'said', 'list', 'gone'],
      properties: {
        loop: { $ref: '#/components/schemas/Loop' },
        either: { anyOf: [{ type: 'number', minimum: 3 }, { type: 'string' }] },
        flag: { type: 'boolean' },
        tree: { type: 'object' },
        said: { type: 'string', examples: ['so'] },
        list: { type: 'array', items: { type: 'string' } },
        gone: { $ref: '#/components/schemas/Gone' },
      },
    };
    const operation = {
      requestBody: { content: { 'application/json': { schema } } },
      parameters: [
        { in: 'cookie', name: 'c' },
        { in: 'query', name: 'q', description: 'asked' },
      ],
    };
    const [door] = doorsOf({ paths: { '/a': { put: operation } }, components: { schemas: { Loop: loop } } });
    expect(door).toMatchObject({
      ...{ id: 'put /a', summary: '' },
      inputs: [{ in: 'query', name: 'q', required: false, says: '?', description: 'asked' }],
    });
    expect(JSON.parse(door?.body?.sample ?? '')).toEqual({
      ...{ loop: {}, either: 3, flag: false, tree: {}, said: 'so', list: [], gone: '' },
    });
    expect(doorsOf({})).toEqual([]);
  });
});

describe('a form of a door', () => {
  const refund = doorOf(saga, 'refund-payment');
  const filled = { 'path paymentId': ` ${PAYMENT} `, 'header Idempotency-Key': 'key-1' };

  it('says what is lacking', () => {
    expect(lackingIn(refund, {}, '')).toEqual(['paymentId', 'Idempotency-Key', 'body']);
    expect(lackingIn(refund, filled, '{"reason":')).toEqual(['body']);
    expect(lackingIn(refund, filled, '{"reason":"cold"}')).toEqual([]);
  });

  it('sends what was typed, digit for digit', () => {
    const text = '{"reason":"cold","amount":9007199254740993}';
    expect(requestOf(refund, filled, text)).toEqual({
      ...{ method: 'POST', path: `/payments/${PAYMENT}/refunds` },
      headers: { 'Idempotency-Key': 'key-1' },
      body: text,
    });
  });

  it('says nothing of what was left empty, and writes into the address what may stand there', () => {
    const events = doorOf(looks, 'list-city-events');
    const query = { 'query type': 'a b&c', 'query limit': ' ' };
    expect(requestOf(events, query, '')).toEqual({
      method: 'GET',
      path: '/city-events?type=a+b%26c',
      headers: {},
    });
    expect(requestOf(doorOf(looks, 'get-machine'), { 'path machine': 'a/b' }, '').path).toBe(
      '/machines/a%2Fb',
    );
  });
});
