import { describe, expect, it } from 'vitest';
import { TransientError } from '../errors/index.ts';
import { VersionConflictError } from './index.ts';
import { type Insistence, untilUnchanged } from './until-unchanged.ts';

const conflict = new VersionConflictError({ expected: 1, found: 2 });

/** Others are faster so many times. */
const trying = (insistence?: Insistence) => {
  const pauses: number[] = [];
  const around = { chance: () => 0.5, pause: async (ms: number) => void pauses.push(ms) };
  let attempts = 0;
  const afterLosing = (losses: number) =>
    untilUnchanged(
      around,
      insistence,
    )(async () => {
      attempts += 1;
      if (attempts <= losses) throw conflict;
      return `at attempt ${attempts}`;
    });
  return { afterLosing, pauses, attempts: () => attempts };
};

describe('until nobody else is faster', () => {
  it('begins anew, and pauses longer each time, up to half a second', async () => {
    const { afterLosing, pauses } = trying();
    expect(await afterLosing(0)).toBe('at attempt 1');
    expect(pauses).toEqual([]);
    const eleven = trying();
    expect(await eleven.afterLosing(11)).toBe('at attempt 12');
    expect(eleven.pauses).toEqual([10, 20, 40, 80, 160, 250, 250, 250, 250, 250, 250]);
  });

  it('gives up after 12 tries with an error that helps to be retried, and keeps what it met', async () => {
    const { afterLosing, attempts } = trying();
    const gaveUp = afterLosing(12);
    await expect(gaveUp).rejects.toBeInstanceOf(TransientError);
    await expect(gaveUp).rejects.toMatchObject({ facts: { reason: 'others were faster' }, cause: conflict });
    expect(attempts()).toBe(12);
  });

  it('gives up after as many tries as it was told, with its own pauses', async () => {
    const { afterLosing, pauses, attempts } = trying({ tries: 3, pauses: { baseMs: 2, capMs: 2 } });
    await expect(afterLosing(3)).rejects.toBeInstanceOf(TransientError);
    expect([attempts(), pauses]).toEqual([3, [1, 1]]);
  });

  it('gives up when there is no time for another try', async () => {
    let left = 3;
    const { afterLosing, attempts } = trying({ tries: Number.POSITIVE_INFINITY, hasTime: () => --left > 0 });
    await expect(afterLosing(100)).rejects.toBeInstanceOf(TransientError);
    expect(attempts()).toBe(3);
  });

  it('has nothing else decided again', async () => {
    const around = { chance: () => 0.5, pause: () => Promise.reject(new Error('there is no pause')) };
    const defect = new RangeError('x');
    await expect(untilUnchanged(around)(() => Promise.reject(defect))).rejects.toBe(defect);
  });
});
