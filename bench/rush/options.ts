import { parseArgs } from 'node:util';

export interface RushOptions {
  /** How many small rushes are played. */
  readonly runs: number;
  /** How many of 5,000 people. */
  readonly large: number;
  /** Missing: drawn. */
  readonly seed?: number;
  /** Plays one, and tells each of its steps. */
  readonly steps: boolean;
  /** Whether the page is written: of fewer only with `--write`, and then it says so. */
  readonly writes: boolean;
}

export const RUNS = 1_000_000;
const LARGE = 100;

/**
 * @example optionsOf(['--seed', '7', '--steps'])
 * @throws {TypeError} it is not understood; its message says what is
 */
export const optionsOf = (args: readonly string[]): RushOptions => {
  const { values } = parseArgs({
    args: [...args],
    options: {
      runs: { type: 'string' },
      large: { type: 'boolean', default: false },
      seed: { type: 'string' },
      steps: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
    },
  });
  const { large, steps, write } = values;
  const runs = whole('--runs', values.runs, 1);
  const seed = whole('--seed', values.seed, 0);
  if (steps && seed === undefined)
    throw new TypeError('--steps takes the seed of the rush: --seed 7 --steps');
  if (write && (large || steps)) throw new TypeError('--write is of small rushes and large ones');
  const rest = { ...(seed === undefined ? {} : { seed }), steps };
  if (write && runs !== undefined)
    return { ...rest, runs, large: Math.max(1, Math.round((runs * LARGE) / RUNS)), writes: true };
  const played = steps ? 1 : runs;
  return {
    ...(played === undefined
      ? { runs: RUNS, large: LARGE }
      : { runs: large ? 0 : played, large: large ? played : 0 }),
    ...rest,
    writes: played === undefined && !large,
  };
};

const whole = (name: string, text: string | undefined, least: number): number | undefined => {
  if (text === undefined) return undefined;
  const number = Number(text);
  if (!Number.isInteger(number) || number < least || number >= 2 ** 31)
    throw new TypeError(`${name} takes a whole number from ${least}, not ${text}`);
  return number;
};
