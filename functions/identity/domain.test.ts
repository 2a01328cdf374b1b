import { test as property } from '@fast-check/vitest';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clientClaims, lifetimeOf, subjectClaims } from './domain.ts';

const now = new Date('2026-11-24T10:00:00.700Z');

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
      now,
    );
    expect(claims.roles).toEqual(['customer', 'rider']);
    expect(lifetimeOf(claims)).toBe(900);
  });

  it('is not given for the name of the operator', () => {
    expect(() =>
      subjectClaims({ subject: 'operator', roles: ['customer'], audience: 'paytm-saga' }, now),
    ).toThrow(expect.objectContaining({ name: 'ForbiddenError' }));
  });

  property.prop([fc.date({ noInvalidDate: true, min: new Date(0), max: new Date('2100-01-01') })])(
    'is valid from now on and never for longer than 15 minutes',
    (at) => {
      for (const claims of [
        clientClaims('operator', 'platform', at),
        clientClaims('paytm-saga', 'platform', at),
        subjectClaims({ subject: 'user_1', roles: ['customer'], audience: 'platform' }, at),
      ]) {
        expect(claims.iat * 1000).toBeLessThanOrEqual(at.getTime());
        expect(lifetimeOf(claims)).toBeGreaterThan(0);
        expect(lifetimeOf(claims)).toBeLessThanOrEqual(900);
      }
    },
  );
});
