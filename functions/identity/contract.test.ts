import { describe, expect, it } from 'vitest';
import { interfaceOf } from '../../shared/testing/index.ts';
import { routes } from './contract.ts';

describe('the contract of identity', () => {
  it('keeps what its callers rely on: a change of it is meant, and told to them', async () => {
    await expect(`${JSON.stringify(interfaceOf(routes), null, 2)}\n`).toMatchFileSnapshot(
      'contract.routes.json',
    );
  });

  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('says why a door is public', () => {
    const open = Object.values(routes).filter(({ access }) => 'public' in access);
    expect(open.map(({ name }) => name)).toEqual(['token', 'jwks']);
  });
});
