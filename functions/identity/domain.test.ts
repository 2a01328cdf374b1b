import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Caller } from '../../shared/http/index.ts';
import { clientClaims, lifetimeOf, subjectClaims } from './domain.ts';

const now = new Date('2026-11-24T10:00:00.700Z');
const operator: Caller = { subject: 'operator', roles: ['operator'] };

describe('the token of a client', () => {
  it('makes the operator an operator for 15 minutes', () => {
    expect(clientClaims('operator', 'paytm-saga', now)).toEqual({
      iss: 'dabbawala-identity',
      aud: 'paytm-saga',
      sub: 'operator',
      roles: ['operator'],
      iat: 1_795_514_400,
      exp: 1_795_515_300,
    });
  });

  it('makes a system a service for 5 minutes, under a subject that names it', () => {
    const claims = clientClaims('paytm-saga', 'sandbox-bank', now);
    expect(claims).toMatchObject({ sub: 'service:paytm-saga', roles: ['service'], aud: 'sandbox-bank' });
    expect(lifetimeOf(claims)).toBe(300);
  });
});

describe('the token of a subject', () => {
  it('carries each role once', () => {
    const claims = subjectClaims(
      { subject: 'user_1', roles: ['customer', 'rider', 'customer'], audience: 'paytm-saga' },
      operator,
      now,
    );
    expect(claims.roles).toEqual(['customer', 'rider']);
    expect(lifetimeOf(claims)).toBe(900);
  });

  it('is not given for the name of the operator', () => {
    const asked = { subject: 'operator', roles: ['customer' as const], audience: 'paytm-saga' };
    for (const by of [operator, { subject: 'service:paytm-saga', roles: ['service' as const] }])
      expect(() => subjectClaims(asked, by, now)).toThrow(
        expect.objectContaining({ name: 'ForbiddenError', facts: { reason: 'subject_is_reserved' } }),
      );
  });

  property.prop([fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })])(
    'is valid from now on and never for longer than 15 minutes',
    (at) => {
      for (const claims of [
        clientClaims('operator', 'platform', at),
        clientClaims('paytm-saga', 'platform', at),
        subjectClaims({ subject: 'user_1', roles: ['customer'], audience: 'platform' }, operator, at),
      ]) {
        expect(claims.iat * 1000).toBeLessThanOrEqual(at.getTime());
        expect(lifetimeOf(claims)).toBeGreaterThan(0);
        expect(lifetimeOf(claims)).toBeLessThanOrEqual(900);
      }
    },
  );
});

describe('the token that a system asks for', () => {
  const zomato: Caller = { subject: 'service:zomato-ordering', roles: ['service'] };
  const own = { subject: 'user_1', roles: ['customer' as const], audience: 'zomato-ordering' };

  it('speaks to that system for one of its customers, kitchens or riders', () => {
    const roles = ['customer' as const, 'kitchen' as const, 'rider' as const];
    expect(subjectClaims({ ...own, roles }, zomato, now)).toMatchObject({
      ...{ sub: 'user_1', aud: 'zomato-ordering', roles },
    });
  });

  it.each([
    ['for another system', { audience: 'paytm-saga' }, 'audience_is_another_system'],
    ['for one whose name begins like its own', { audience: 'zomato' }, 'audience_is_another_system'],
    ['for a merchant', { roles: ['merchant' as const] }, 'role_is_not_its_own'],
    [
      'for a viewer beside a customer',
      { roles: ['customer' as const, 'viewer' as const] },
      'role_is_not_its_own',
    ],
  ])('is not given %s', (_, over, reason) => {
    expect(() => subjectClaims({ ...own, ...over }, zomato, now)).toThrow(
      expect.objectContaining({ name: 'ForbiddenError', facts: { reason } }),
    );
  });
});
