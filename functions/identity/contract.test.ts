import { describe, expect, it } from 'vitest';
import { routes } from './contract.ts';

describe('the contract of identity', () => {
  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('says why a door is public', () => {
    const open = Object.values(routes).filter(({ access }) => 'public' in access);
    expect(open.map(({ name }) => name)).toEqual([
      ...['token', 'open-session', 'session-token', 'end-session', 'jwks'],
    ]);
  });
});
