/** Chance from a seed: the same number gives the same run, on every machine. */

export interface Dice {
  /** From 0 up to, not including, 1. */
  readonly chance: () => number;
  /** A whole number from 0 up to, not including, `bound`. */
  readonly below: (bound: number) => number;
  /** From `least` to `most`, both of them too. */
  readonly between: (least: number, most: number) => number;
  /** True once in so many times; never for 0. */
  readonly onceIn: (times: number) => boolean;
  readonly oneOf: <T>(things: readonly T[]) => T;
}

/** Mulberry32: 32 bits of state are enough for a run, and a step is a few instructions. */
export const dice = (seed: number): Dice => {
  let state = seed >>> 0;
  const chance = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const below = (bound: number) => Math.floor(chance() * bound);
  return {
    chance,
    below,
    between: (least, most) => least + below(most - least + 1),
    onceIn: (times) => times > 0 && below(times) === 0,
    oneOf: <T>(things: readonly T[]): T => things[below(things.length)] as T,
  };
};

/** Takes one out of a list, by its place; the last takes its place, so that it costs nothing. */
export const takeAt = <T>(list: T[], index: number): T => {
  const taken = list[index] as T;
  const last = list.pop() as T;
  if (index < list.length) list[index] = last;
  return taken;
};
