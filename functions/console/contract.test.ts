import { describe, expect, it } from 'vitest';
import { routes } from './contract.ts';

describe('the contract of the console', () => {
  it.each(Object.values(routes))('has a door for $name', async ({ name }) => {
    expect(await import(`./doors/${name}.ts`)).toMatchObject({ handler: expect.any(Function) });
  });

  it('reads, and changes nothing but dead letters and executions that ended badly, which an operator alone does', () => {
    for (const { method, access, name } of Object.values(routes)) {
      const changes = /^(redrive|discard|stop)-/.test(name);
      expect(method, name).toBe(changes || name === 'judge-dead-letters' ? 'POST' : 'GET');
      expect(access, name).toEqual({ roles: changes ? ['operator'] : ['viewer', 'operator'] });
    }
  });
});
