import { describe, expect, it } from 'vitest';
import { outcomeOf, within } from './outcome.ts';

const failed = (...errors: { name: string; message: string }[]) => outcomeOf({ state: 'failed', errors });
const caughtFrom = (work: Promise<void>): Promise<Error> =>
  work.then(
    () => new Error('it was over'),
    (thrown: Error) => thrown,
  );

describe('what a try of a behaviour says of the cloud', () => {
  it('is a difference in the words of the last try', () => {
    const tries = [
      { name: 'Error', message: 'the first' },
      { name: 'Difference', message: 'lines: 2' },
    ];
    expect(failed(...tries)).toEqual({ passes: false, seen: 'lines: 2' });
  });

  it('names an error of the cloud, since its name is its meaning', () => {
    const seen = 'ThrottlingException: Rate exceeded';
    expect(failed({ name: 'ThrottlingException', message: 'Rate exceeded' })).toEqual({
      passes: false,
      seen,
    });
  });

  it('is a difference when something was waited for in vain', () => {
    expect(failed({ name: 'Error', message: 'Waited 10000 ms for a message' })).toMatchObject({
      passes: false,
    });
  });

  it('is nothing when it was not over in time', async () => {
    const late = await caughtFrom(within(1, new Promise(() => undefined)));
    expect(failed(late)).toEqual({ couldNot: 'It was not over after 0.001 s' });
  });

  it('is what it is when it was over in time', async () => {
    await within(60_000, Promise.resolve());
    const own = await caughtFrom(within(60_000, Promise.reject(new Error('of its own'))));
    expect(failed(own)).toEqual({ passes: false, seen: 'of its own' });
  });

  it('is nothing when the cloud is gone, or when it was not tried', () => {
    const gone = 'connect ECONNREFUSED 127.0.0.1:4566';
    expect(failed({ name: 'Error', message: gone })).toEqual({ couldNot: gone });
    expect(outcomeOf({ state: 'skipped' })).toBeUndefined();
  });
});
