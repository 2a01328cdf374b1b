import { expect, it } from 'vitest';
import { CloudProblem } from '../../localstack/cloud/problem.ts';
import { askedBy, isForThePage } from './options.ts';

it('measures everything but the hour unless it is told what', () => {
  expect(askedBy([])).toEqual({
    parts: ['invokes', 'bootstrap', 'websockets', 'deploy', 'sagas'],
    quick: false,
    minutes: 60,
  });
});

it('measures the named parts in the order of the page', () => {
  expect(askedBy(['soak', 'invokes', '--minutes', '5'])).toEqual({
    parts: ['invokes', 'soak'],
    quick: false,
    minutes: 5,
  });
});

it('takes a minute for the soak when it is only tried', () => {
  expect(askedBy(['--quick', 'soak'])).toEqual({ parts: ['soak'], quick: true, minutes: 1 });
});

it('refuses a part that it does not know, with those that there are', () => {
  expect(() => askedBy(['invoke'])).toThrow(
    expect.objectContaining({
      message: 'There is no part called invoke.',
      remedies: ['There are: invokes, bootstrap, websockets, deploy, sagas, soak'],
    }),
  );
});

it('refuses an option that it does not know', () => {
  expect(() => askedBy(['--quik'])).toThrow(CloudProblem);
});

it.each(['0', '-1', 'long'])('refuses to play for %s minutes', (minutes) => {
  expect(() => askedBy(['soak', `--minutes=${minutes}`])).toThrow('How many minutes?');
});

it('writes what was measured in full and against all corrections', () => {
  const soaked = (args: string[], corrections = 'all') => isForThePage('soak', askedBy(args), corrections);
  expect(soaked(['soak'])).toBe(true);
  expect(soaked(['soak', '--minutes', '5'])).toBe(false);
  expect(soaked(['soak', '--quick', '--minutes', '60'])).toBe(false);
  expect(soaked(['soak'], 'all,-log_end')).toBe(false);
  expect(isForThePage('invokes', askedBy(['--minutes', '5']), 'all')).toBe(true);
});
