import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { eventSchemas } from '../../shared/testing/event-schemas.fixture.ts';
import { MERCHANT } from './city.fixture.ts';
import { closingEvents } from './contract.closing.ts';
import { events as ofPayments, routes } from './contract.ts';

const events = { ...ofPayments, ...closingEvents };

describe('the events of the payment saga', () => {
  it('keep the schema of their version: a breaking change needs a new one', async () => {
    await expect(eventSchemas(events)).toMatchFileSnapshot('contract.events.json');
  });

  it('carry ids, amounts and reasons, and nobody’s name, phone or account', async () => {
    const fields = JSON.stringify(Object.values(events).map(({ schema }) => z.toJSONSchema(schema)));
    for (const personal of ['phone', 'bankAccount', 'vpa', 'address'])
      expect(fields).not.toContain(`"${personal}"`);
  });
});

describe('an order', () => {
  const { body } = routes.startPayment.request;
  const takes = (over: object): boolean =>
    body.safeParse({ reference: 'vada-pav', merchantId: MERCHANT, amount: 150_000, ...over }).success;

  it('is of whole paise above zero', () => {
    expect([1, 150_000].filter((amount) => !takes({ amount }))).toEqual([]);
    expect([0, -1, 0.5, 1_500.01, '1500', Number.NaN, null].filter((amount) => takes({ amount }))).toEqual(
      [],
    );
  });

  it('is in rupees, and in nothing else', () => {
    expect(takes({ currency: 'INR' })).toBe(true);
    expect(['USD', 'inr', 'Rupees', ''].filter((currency) => takes({ currency }))).toEqual([]);
  });
});
