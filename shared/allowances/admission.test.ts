import { describe, expect, it } from 'vitest';
import { admission } from './admission.ts';
import type { Allowance, Spent } from './allowance.ts';

const five: Allowance = { name: 'log-in', quota: 5, seconds: 60 };
const wide: Allowance = { name: 'log-in-client', quota: 100, seconds: 60 };

const world = (spent: { readonly [name: string]: Partial<Spent> }) => {
  const asked: string[] = [];
  return {
    asked,
    allowances: {
      spend: async ({ name }: Allowance, who: string): Promise<Spent> => {
        asked.push(`${name} ${who}`);
        return { allowed: true, left: 9, resetSeconds: 30, ...spent[name] };
      },
    },
  };
};
const somebody = { client: '203.0.113.7', caller: { subject: 'customer_1', roles: ['customer'] } } as const;

describe('an admission', () => {
  it('tells how often more, as the fields of the IETF have it', async () => {
    const { headers, refused } = await admission(world({ 'log-in': { left: 4 } }), [{ allowance: five }])(
      somebody,
    );
    expect(headers).toEqual({ 'RateLimit-Policy': '"log-in";q=5;w=60', RateLimit: '"log-in";r=4;t=30' });
    expect(refused).toBeUndefined();
  });

  it('refuses by the allowance that is used up, with when to come again', async () => {
    const ports = world({ 'log-in-client': { allowed: false, left: 0, resetSeconds: 7 } });
    const { headers, refused } = await admission(ports, [{ allowance: five }, { allowance: wide }])(somebody);
    expect(refused).toMatchObject({
      ...{ name: 'TooManyRequestsError', retryAfterSeconds: 7 },
      facts: { allowance: 'log-in-client', quota: 100, seconds: 60 },
    });
    expect(headers.RateLimit).toBe('"log-in-client";r=0;t=7');
  });

  it('counts by who calls, by the address of whoever does not say, and keeps no address', async () => {
    const ports = world({});
    const ask = admission(ports, [{ allowance: five }]);
    await ask(somebody);
    await ask({ client: '203.0.113.7' });
    await ask({ client: '203.0.113.8' });
    const [known, one, two] = ports.asked;
    expect(known).toBe('log-in customer_1');
    expect(one).toMatch(/^log-in [\w-]{22}$/);
    expect(two).not.toBe(one);
  });

  it.each(['service', 'operator'] as const)('does not count an %s', async (role) => {
    const ports = world({ 'log-in': { allowed: false } });
    const caller = { subject: role, roles: [role] };
    expect(await admission(ports, [{ allowance: five }])({ client: '', caller })).toEqual({ headers: {} });
  });

  it('with nothing to spend lets everybody in', async () => {
    expect(await admission(world({}), [])(somebody)).toEqual({ headers: {} });
  });
});
