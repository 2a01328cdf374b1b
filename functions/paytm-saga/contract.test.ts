import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { events } from './contract.ts';

describe('the events of the payment saga', () => {
  it('keep the schema of their version: a breaking change needs a new one', async () => {
    const schemas = Object.fromEntries(
      Object.values(events).map(({ type, version, schema }) => [
        `${type}:${version}`,
        z.toJSONSchema(schema),
      ]),
    );
    await expect(`${JSON.stringify(schemas, null, 2)}\n`).toMatchFileSnapshot('contract.events.json');
  });

  it('carry ids, amounts and reasons, and nobody’s name, phone or account', async () => {
    const fields = JSON.stringify(Object.values(events).map(({ schema }) => z.toJSONSchema(schema)));
    for (const personal of ['phone', 'bankAccount', 'vpa', 'address'])
      expect(fields).not.toContain(`"${personal}"`);
  });
});
