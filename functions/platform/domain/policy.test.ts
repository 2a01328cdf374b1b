import { describe, expect, it } from 'vitest';
import { bearerOf, policyFor } from './policy.ts';

describe('the policy of a caller', () => {
  it('covers every method of the API on this stage, and no other API', () => {
    const arn = 'arn:aws:execute-api:ap-south-1:000000000000:paytm-saga/live/GET/payments/payment_1';
    expect(policyFor(arn, 'user_1', ['customer', 'rider'])).toEqual({
      principalId: 'user_1',
      policyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Action: 'execute-api:Invoke',
            Effect: 'Allow',
            Resource: 'arn:aws:execute-api:ap-south-1:000000000000:paytm-saga/live/*',
          },
        ],
      },
      context: { subject: 'user_1', roles: 'customer,rider' },
    });
  });
});

describe('the token of a request', () => {
  it.each([
    [{ Authorization: 'Bearer a.b.c' }, 'a.b.c'],
    [{ authorization: 'bearer a.b.c' }, 'a.b.c'],
    [{ authorization: 'Basic a.b.c' }, undefined],
    [{ authorization: 'Bearer ' }, undefined],
    [{ authorization: 'Bearer a b' }, undefined],
    [{ host: 'x' }, undefined],
    [null, undefined],
  ])('of %j is %s', (headers, token) => {
    expect(bearerOf(headers as never)).toBe(token);
  });
});
