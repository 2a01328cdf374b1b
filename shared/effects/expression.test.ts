import { describe, expect, it } from 'vitest';
import { UnexpectedError } from '../errors/index.ts';
import {
  absent,
  anyOf,
  atLeast,
  below,
  type Clause,
  check,
  differs,
  erase,
  has,
  missing,
  oneOf,
  present,
  put,
  update,
  when,
} from './change.ts';
import { entryOf } from './expression.ts';

const key = { pk: 'a', sk: 'b' };
const only = (clause: Clause) => when(clause, () => new UnexpectedError({ reason: 'refused' }));

describe('entryOf()', () => {
  it('writes a put without guards as it is', () => {
    expect(entryOf(put(key, { n: 1 }), 'table')).toEqual({
      Put: { TableName: 'table', Item: { ...key, n: 1 } },
    });
  });

  it('joins guards by AND, gives every name an alias once, and asks for the item of a refusal', () => {
    expect(
      entryOf(erase(key, only(present()), only(atLeast('size.name', 3)), only(has('size.data'))), 'table'),
    ).toEqual({
      Delete: {
        TableName: 'table',
        Key: key,
        ConditionExpression: 'attribute_exists(#n0) AND #n1.#n2 >= :v0 AND attribute_exists(#n1.#n3)',
        ExpressionAttributeNames: { '#n0': 'pk', '#n1': 'size', '#n2': 'name', '#n3': 'data' },
        ExpressionAttributeValues: { ':v0': 3 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    });
  });

  it('keeps alternatives in brackets, whatever stands in them', () => {
    const clause = anyOf(absent(), anyOf(missing('state'), oneOf('state', ['a', 'b'])), differs('n', 1));
    expect(entryOf(check(key, only(clause), only(below('n', 2))), 'table')).toEqual({
      ConditionCheck: {
        TableName: 'table',
        Key: key,
        ConditionExpression:
          '(attribute_not_exists(#n0) OR (attribute_not_exists(#n1) OR #n1 IN (:v0, :v1)) OR ' +
          '(attribute_not_exists(#n2) OR #n2 <> :v2)) AND #n2 < :v3',
        ExpressionAttributeNames: { '#n0': 'pk', '#n1': 'state', '#n2': 'n' },
        ExpressionAttributeValues: { ':v0': 'a', ':v1': 'b', ':v2': 1, ':v3': 2 },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      },
    });
  });

  it('sets, adds and removes in one expression', () => {
    const change = update(key, { set: { a: 'x' }, add: { 'b.c': 2 }, remove: ['d', 'b.e'] });
    expect(entryOf(change, 'table')).toEqual({
      Update: {
        TableName: 'table',
        Key: key,
        UpdateExpression: 'SET #n0 = :v0, #n1.#n2 = if_not_exists(#n1.#n2, :v1) + :v2 REMOVE #n3, #n1.#n4',
        ExpressionAttributeNames: { '#n0': 'a', '#n1': 'b', '#n2': 'c', '#n3': 'd', '#n4': 'e' },
        ExpressionAttributeValues: { ':v0': 'x', ':v1': 0, ':v2': 2 },
      },
    });
  });
});
