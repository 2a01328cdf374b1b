import { describe, expect, it } from 'vitest';
import { routes } from './contract.ts';

describe('the contract of the console', () => {
  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('reads, and changes nothing; whoever may look may look everywhere', () => {
    for (const { method, access, name } of Object.values(routes)) {
      expect(method, name).toBe('GET');
      expect(access, name).toEqual({ roles: ['viewer', 'operator'] });
    }
  });
});
