import { describe, expect, it } from 'vitest';
import { turnsOf } from './pace.ts';

const at = (ratePerSecond: number, untilMs: number) => {
  let now = 1_000;
  const pauses: number[] = [];
  const turn = turnsOf({
    ratePerSecond,
    now: () => now,
    leftMs: () => untilMs - now,
    pause: async (ms) => {
      pauses.push(ms);
      now += ms;
    },
  });
  return { turn, pauses };
};

describe('turns', () => {
  it('come at the rate that was asked for, the first at once', async () => {
    const { turn, pauses } = at(4, 60_000);
    for (let n = 0; n < 3; n += 1) expect(await turn()).toBe(true);
    expect(pauses).toEqual([250, 250]);
  });

  it('end with the time, without a wait for what cannot begin any more', async () => {
    const { turn, pauses } = at(1, 4_500);
    expect([await turn(), await turn(), await turn(), await turn()]).toEqual([true, true, false, false]);
    expect(pauses).toEqual([1_000]);
  });
});
