import { expect, it } from 'vitest';
import { undefinedFor } from './named.ts';

const named = (name: string) => Object.assign(new Error('no'), { name });

it('an error by the name is undefined, and any other is thrown on', async () => {
  const wanted = undefinedFor('ParameterNotFound');
  await expect(Promise.reject(named('ParameterNotFound')).catch(wanted)).resolves.toBeUndefined();
  for (const other of [named('ThrottlingException'), 'ParameterNotFound', { name: 'ParameterNotFound' }]) {
    await expect(Promise.reject(other).catch(wanted)).rejects.toBe(other);
  }
});
