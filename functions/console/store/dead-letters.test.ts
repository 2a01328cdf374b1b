import { expect, it } from 'vitest';
import { orEmpty } from './dead-letters.ts';

const failing = (name: string) => {
  const fails = () => Promise.reject(Object.assign(new Error(name), { name }));
  return orEmpty({ look: fails, redrive: fails, discard: fails });
};

it('a queue that is not there (yet) is an empty one', async () => {
  const { look, redrive, discard } = failing('QueueDoesNotExist');
  expect(await look()).toEqual({ letters: [], waiting: 0 });
  expect(await redrive(() => true)).toEqual([]);
  expect(await discard(() => true)).toEqual([]);
});

it('any other error of a queue is an error', async () => {
  const { look, redrive, discard } = failing('AccessDenied');
  for (const call of [look(), redrive(() => true), discard(() => true)]) {
    await expect(call).rejects.toThrow('AccessDenied');
  }
});
