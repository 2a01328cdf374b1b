import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import type { HouseError } from '../../shared/errors/index.ts';
import { houseMessages, say } from '../../shared/messages/index.ts';
import { routes, taskErrors } from './contract.ts';
import * as errors from './domain/errors.ts';
import { closingMessages } from './messages.closing.ts';
import { refundMessages } from './messages.refunds.ts';
import { topUpMessages } from './messages.top-ups.ts';
import { notices, messages as ofPayments } from './messages.ts';

/** What the errors of the saga know of their case, all in one. */
const facts = {
  needed: 150_000,
  found: 'basic',
  limit: 10_000_000,
  available: 20_000,
  code: 'Z9',
  reference: 'PAY_001',
  day: '2026-11-24',
};
const messages = { ...ofPayments, ...refundMessages, ...topUpMessages, ...closingMessages };
const all = { ...houseMessages, ...messages };

describe('what a person reads of a payment', () => {
  const made = Object.values(errors).map(
    (Made) => new (Made as new (facts: never) => HouseError)(facts as never).name,
  );
  const named = Object.values(routes).flatMap((route) => [...route.errors]);

  it.each([...new Set([...named, ...taskErrors, ...made, ...Object.keys(messages)])].sort())(
    'is said in both languages for %s',
    (name) => {
      expect(Object.keys(all)).toContain(name);
      const english = say(all, name, facts, 'en');
      const hindi = say(all, name, facts, 'hi');
      expect(english).toMatch(/^[A-Z].*\.$/);
      expect(hindi).toMatch(/[\u0900-\u097F].*।$/);
      expect(`${english}${hindi}`).not.toMatch(/undefined|NaN/);
    },
  );

  it('tells how much was needed, and how much there is', () => {
    expect(say(messages, 'InsufficientFundsError', facts, 'en')).toContain('₹200.00, but ₹1,500.00');
    expect(say(messages, 'MerchantLimitError', facts, 'hi')).toContain('₹1,00,000.00');
  });

  it('tells which KYC is needed, in the reader’s words', () => {
    for (const [needed, en, hi] of [
      ['full', 'full KYC', 'पूर्ण KYC'],
      ['basic', 'basic KYC', 'बुनियादी KYC'],
    ] as const) {
      expect(say(messages, 'KycRequiredError', { needed }, 'en')).toContain(en);
      expect(say(messages, 'KycRequiredError', { needed }, 'hi')).toContain(hi);
    }
  });

  const anyFact = fc.oneof(
    fc.constantFrom(null, undefined, Number.NaN, '', 'basic', 'toString'),
    fc.integer(),
    fc.double(),
    fc.constant({}),
  );
  const anyFacts = fc.record(Object.fromEntries(Object.keys(facts).map((name) => [name, anyFact])), {
    requiredKeys: [],
  });

  property.prop([fc.constantFrom(...Object.keys(messages)), fc.constantFrom('en', 'hi'), anyFacts])(
    'is whole, whichever facts a record has lost',
    (name, language, lost) => {
      const text = say(messages, name, lost, language);
      expect(text).toMatch(/[.।]$/);
      expect(text).not.toMatch(/undefined|null|NaN|object/);
    },
  );

  it('of a frozen account is true before anything was taken, and after', () => {
    expect(say(messages, 'SettlementFrozenError', {}, 'en')).toContain('whatever was taken');
    expect(say(messages, 'SettlementFrozenError', {}, 'hi')).toContain('जो भी लिया गया हो');
  });
});

describe('notices', () => {
  it.each(Object.keys(notices) as (keyof typeof notices)[])('of kind %s tell the amount', (kind) => {
    expect(notices[kind].en(150_000)).toMatch(/₹1,500\.00/);
    expect(notices[kind].hi(150_000)).toMatch(/₹1,500\.00.*[\u0900-\u097F]/);
  });
});
