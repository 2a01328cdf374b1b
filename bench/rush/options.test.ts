import { expect, it } from 'vitest';
import { optionsOf } from './options.ts';

it('plays a million small rushes and a hundred large ones, and writes the page', () => {
  expect(optionsOf([])).toEqual({ runs: 1_000_000, large: 100, steps: false, writes: true });
  expect(optionsOf(['--seed', '7'])).toMatchObject({ runs: 1_000_000, seed: 7, writes: true });
});

it('plays fewer, of one size, and writes nothing', () => {
  expect(optionsOf(['--runs', '10000'])).toEqual({ runs: 10_000, large: 0, steps: false, writes: false });
  expect(optionsOf(['--large', '--runs', '3'])).toMatchObject({ runs: 0, large: 3, writes: false });
});

it('writes what fewer gave only where that is asked for', () => {
  expect(optionsOf(['--runs', '20000', '--write'])).toEqual({
    runs: 20_000,
    large: 2,
    steps: false,
    writes: true,
  });
  expect(optionsOf(['--runs', '10', '--write'])).toMatchObject({ large: 1 });
});

it('plays one step by step', () => {
  expect(optionsOf(['--seed', '7', '--steps'])).toEqual({
    runs: 1,
    large: 0,
    seed: 7,
    steps: true,
    writes: false,
  });
  expect(optionsOf(['--seed', '7', '--large', '--steps'])).toMatchObject({ runs: 0, large: 1 });
});

it.each([
  [['--steps']],
  [['--runs', '0']],
  [['--runs', 'many']],
  [['--seed', '1.5']],
  [['--unknown']],
  [['--large', '--write']],
])('does not understand %s', (args) => {
  expect(() => optionsOf(args)).toThrow(TypeError);
});
