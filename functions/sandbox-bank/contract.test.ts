import { describe, expect, it } from 'vitest';
import { eventSchemas } from '../../shared/testing/event-schemas.fixture.ts';
import { ClearingAlias, events, OpenAccount, OperationKey, routes } from './contract.ts';
import * as errors from './domain/errors.ts';

describe('the contract of the bank', () => {
  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('names only errors that there are, under names that do not come from their classes', () => {
    const made = Object.entries(errors).map(([exported, Made]) => {
      const facts = { key: 'p1', of: 'p1', left: 1, code: 'Z9', reason: 'x' } as never;
      const { name } = new Made(facts);
      expect(name).toBe(exported);
      return name;
    });
    for (const { errors: named } of Object.values(routes)) {
      for (const name of named) expect(made).toContain(name);
    }
  });

  it.each([
    ['payment_0193a5c0-reserve', true],
    ['a'.repeat(120), true],
    ['a'.repeat(121), false],
    ['', false],
    ['a/b', false],
    ['a b', false],
    ['a%2Fb', false],
  ])('takes %j as a key: %s', (key, taken) => {
    expect(OperationKey.safeParse(key).success).toBe(taken);
  });

  it('opens a clearing account empty, and under the name of a system', () => {
    const good = { reference: 'paytm-saga', kind: 'clearing', openingBalance: 0 };
    expect(OpenAccount.safeParse(good).success).toBe(true);
    expect(OpenAccount.safeParse({ ...good, openingBalance: 1 }).success).toBe(false);
    expect(OpenAccount.safeParse({ ...good, reference: 'Paytm Saga' }).success).toBe(false);
    expect(ClearingAlias.safeParse('clearing:../x').success).toBe(false);
  });

  it('keeps the schema of its events: a breaking change needs a new version', async () => {
    await expect(eventSchemas(events)).toMatchFileSnapshot('contract.events.json');
  });

  it('tells of an operation without account, name or money', () => {
    const { data } = events.operationChanged.of({
      subject: 'p1',
      correlationId: 'c1',
      data: { client: 'paytm-saga', kind: 'hold', key: 'p1', state: 'held' },
    });
    expect(Object.keys(data as object).sort()).toEqual(['client', 'key', 'kind', 'state']);
  });

  it.each([
    ['upi', { approval: { flow: 'qr', expiresInSeconds: 300 } }, undefined],
    ['net_banking', { approval: { flow: 'page', expiresInSeconds: 900 } }, undefined],
    ['emi', { emi: { months: 9 } }, undefined],
    ['emi', {}, undefined],
    ['upi', { approval: { flow: 'page', expiresInSeconds: 300 } }, 'approval.flow'],
    ['net_banking', { approval: { flow: 'qr', expiresInSeconds: 300 } }, 'approval.flow'],
    ['credit_card', { approval: { flow: 'intent', expiresInSeconds: 300 } }, 'approval'],
    ['upi', { approval: { flow: 'qr', expiresInSeconds: 0 } }, 'approval.expiresInSeconds'],
    ['upi', { approval: { flow: 'qr', expiresInSeconds: 901 } }, 'approval.expiresInSeconds'],
    ['credit_card', { emi: { months: 3 } }, 'emi'],
    ['emi', { emi: { months: 4 } }, 'emi.months'],
  ])('takes a hold by %s with %j, or names the field %s', (instrument, more, field) => {
    const account = 'account_0193a5c0-0000-7000-8000-000000000001';
    const parsed = routes.placeHold.request.body.safeParse({ account, amount: 1, instrument, ...more });
    expect(parsed.error?.issues.map(({ path }) => path.join('.'))).toEqual(field && [field]);
  });

  it('takes whole paise only, and none below one', () => {
    const { body } = routes.placeHold.request;
    const hold = { account: 'account_0193a5c0-0000-7000-8000-000000000001', instrument: 'upi' };
    for (const amount of [0, -1, 0.5, '100', 1e14]) {
      expect(body.safeParse({ ...hold, amount }).success).toBe(false);
    }
    expect(body.safeParse({ ...hold, amount: 1 }).success).toBe(true);
  });
});
