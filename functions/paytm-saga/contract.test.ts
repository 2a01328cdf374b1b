import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { interfaceOf } from '../../shared/testing/index.ts';
import { events, routes } from './contract.ts';

describe('the doors of the payment saga', () => {
  it('keeps what its callers rely on: a change of it is meant, and told to them', async () => {
    await expect(`${JSON.stringify(interfaceOf(routes), null, 2)}\n`).toMatchFileSnapshot(
      'contract.routes.json',
    );
  });
});

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
