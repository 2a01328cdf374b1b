import { describe, expect, it } from 'vitest';
import type { Messages } from '../../shared/messages/index.ts';
import { eventSchemas } from '../../shared/testing/event-schemas.fixture.ts';
import { events, PlaceOrder, routes } from './contract.ts';
import * as errors from './domain/errors.ts';
import { messages } from './messages.ts';
import { supper } from './ordering.fixture.ts';

const made = Object.entries(errors).map(([exported, Made]) => [exported, new Made({} as never)] as const);

describe('the contract of ordering', () => {
  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('has errors under names that do not come from their classes, each with a sentence in both languages', () => {
    for (const [exported, error] of made) {
      expect(error.name).toBe(exported);
      const message = (messages as Messages)[exported];
      for (const facts of [{}, { why: 'expired', coupon: 'X' }, { why: 'order_too_small', from: 19_900 }]) {
        expect(message?.en(facts)).toMatch(/^[\x20-\x7e’₹…]+\.$/);
        expect(message?.hi(facts)).toMatch(/[\u0900-\u097f].*।$/);
        expect(message?.en(facts)).not.toMatch(/undefined|NaN/);
      }
    }
  });

  it('tells whoever signs in wrongly that it was wrong, and not to sign in', () => {
    const { en, hi } = messages.UnauthenticatedError;
    expect(en({ reason: 'email_or_password' })).toMatch(/e-mail address and this password/);
    expect(hi({ reason: 'email_or_password' })).toMatch(/ई-मेल और इस पासवर्ड/);
    expect([en({ reason: 'session' }), hi({})]).toEqual(['Please sign in.', 'कृपया साइन इन करें।']);
  });

  it('keeps the schema of its events: a breaking change needs a new version', async () => {
    await expect(eventSchemas(events)).toMatchFileSnapshot('contract.events.json');
  });

  const [line] = supper().items;
  it.each([
    ['no items: the original gave it away for Rs 0', { items: [] }, 'items'],
    ['half a dish: the original cut it to whole ones', { items: [{ ...line, quantity: 2.9 }] }, 'items'],
    ['a quantity that is none: the original answered 500', { items: [{ ...line, quantity: null }] }, 'items'],
    ['items that are no list: the original answered 500', { items: 'item_009' }, 'items'],
    ['more of a dish than a kitchen cooks', { items: [{ ...line, quantity: 21 }] }, 'items'],
    ['more lines than an order has', { items: Array.from({ length: 31 }, () => line) }, 'items'],
    [
      'an address that fills a page',
      { delivery: { ...supper().delivery, address: 'a'.repeat(201) } },
      'delivery',
    ],
    ['a phone that is none', { delivery: { ...supper().delivery, phone: '123' } }, 'delivery'],
    [
      'a position that is swapped',
      { delivery: { ...supper().delivery, position: { latitude: 72.8, longitude: 18.9 } } },
      'delivery',
    ],
    ['a tip that is a slip', { tip: 50_001 }, 'tip'],
    ['what it does not know', { total_amount: 1 }, undefined],
  ])('takes no order with %s', (_, over, field) => {
    const { error } = PlaceOrder.safeParse({ ...supper(), ...over });
    expect(error?.issues[0]?.path[0]).toBe(field);
  });

  it('wants to know why, with a rejection and with nothing else', () => {
    const { body } = routes.moveOrder.request;
    expect(body.safeParse({ to: 'REJECTED' }).success).toBe(false);
    expect(body.safeParse({ to: 'ACCEPTED', reason: 'x' }).success).toBe(false);
    expect(body.safeParse({ to: 'REJECTED', reason: 'no gas' }).success).toBe(true);
  });
});
