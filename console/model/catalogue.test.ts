import { describe, expect, it } from 'vitest';
import { catalogueOf, fieldsOf, hearingAll, saidBy } from './catalogue.ts';

const systems = [
  { name: 'saga', events: { out: ['saga.Done'], in: ['bank.Paid'] } },
  { name: 'console', events: { out: [], in: ['*'] } },
];

describe('the catalogue of events', () => {
  it('says who tells and who hears a type, with its versions, the newest first', () => {
    const schema = (title: string) => ({ description: title });
    const kinds = catalogueOf(systems, [
      { 'saga.Done:1': schema('first'), 'saga.Done:10': schema('tenth'), 'saga.Done:9': schema('ninth') },
      { 'old.Gone:1': schema('gone') },
    ]);
    expect(kinds).toEqual([
      { type: 'bank.Paid', producers: [], consumers: ['saga'], versions: [] },
      { type: 'old.Gone', producers: [], consumers: [], versions: [{ version: 1, schema: schema('gone') }] },
      {
        ...{ type: 'saga.Done', producers: ['saga'], consumers: [] },
        versions: [
          { version: 10, schema: schema('tenth') },
          { version: 9, schema: schema('ninth') },
          { version: 1, schema: schema('first') },
        ],
      },
    ]);
    expect(hearingAll(systems)).toEqual(['console']);
  });

  it('lists the fields of a type, those inside too', () => {
    const fields = fieldsOf({
      required: ['items'],
      properties: {
        note: { type: 'string', description: 'for people' },
        items: { type: 'array', items: { type: 'object', properties: { price: { type: 'integer' } } } },
      },
    });
    expect(fields).toEqual([
      { path: 'note', required: false, says: 'string', description: 'for people' },
      { path: 'items', required: true, says: 'object[]' },
      { path: 'items[].price', required: false, says: 'integer' },
    ]);
    expect(fieldsOf(undefined)).toEqual([]);
  });

  it.each([
    [{ const: 'INR' }, '"INR"'],
    [{ enum: ['upi', 3] }, '"upi" | 3'],
    [{ anyOf: [{ type: 'string' }, { type: 'null' }, { type: 'string' }] }, 'string | null'],
    [{ type: ['string', 'null'] }, 'string | null'],
    [{ type: 'string', format: 'date-time', pattern: '^x' }, 'string (date-time)'],
    [{ type: 'string', pattern: '^payment_[0-9a-f]{8}-$' }, 'string (payment_…)'],
    [{ type: 'string', pattern: '^[a-z]+$' }, 'string'],
    [{}, '?'],
  ])('says of %j: %s', (schema, says) => {
    expect(saidBy(schema)).toBe(says);
  });
});
