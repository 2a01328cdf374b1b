import { describe, expect, it } from 'vitest';
import { TransientError } from '../errors/index.ts';
import { inRounds, type Rounds } from './rounds.ts';

async function* walk(...items: string[]) {
  yield* items;
}

const rounds = (more: Partial<Rounds<string>> = {}) => {
  const [done, failed]: [string[], string[]] = [[], []];
  const doing: Rounds<string> = {
    work: async (one) => void done.push(one),
    failed: (one, { name }) => void failed.push(`${one} ${name}`),
    ...{ remainingMs: () => 30_000, pieceMs: 3_000, ...more },
  };
  return { done, failed, go: (...walks: AsyncGenerator<string>[]) => inRounds(walks, doing) };
};

describe('rounds', () => {
  it('do the next of each walk in turn, until all have ended', async () => {
    const { done, go } = rounds();
    expect(await go(walk('a1', 'a2', 'a3'), walk(), walk('c1'), walk('d1', 'd2'))).toBe(true);
    expect(done).toEqual(['a1', 'c1', 'd1', 'a2', 'd2', 'a3']);
    expect(await go()).toBe(true);
  });

  it('go on after one that cannot be done, and tell of it by the name of its error', async () => {
    const errors: { readonly [one: string]: Error } = {
      a1: new TransientError({ reason: 'no luck' }),
      b1: new RangeError('a defect'),
    };
    const worked: string[] = [];
    const { failed, go } = rounds({
      work: async (one) => {
        if (errors[one]) throw errors[one];
        worked.push(one);
      },
    });
    expect(await go(walk('a1', 'a2'), walk('b1', 'b2'))).toBe(true);
    expect(worked).toEqual(['a2', 'b2']);
    expect(failed).toEqual(['a1 TransientError', 'b1 UnexpectedError']);
  });

  it('begin nothing when there is less time left than one may take, and say that something is left', async () => {
    let looks = 0;
    const { done, go } = rounds({ remainingMs: () => (looks++ < 3 ? 3_000 : 2_999) });
    expect(await go(walk('a1', 'a2'), walk('b1', 'b2'))).toBe(false);
    expect(done).toEqual(['a1', 'b1', 'a2']);
  });

  it('end by the error of a walk: what is left is not known', async () => {
    async function* broken(): AsyncGenerator<string> {
      yield 'b1';
      throw new TransientError({ reason: 'the table is busy' });
    }
    const { done, go } = rounds();
    await expect(go(broken(), walk('a1', 'a2', 'a3'))).rejects.toBeInstanceOf(TransientError);
    expect(done).toEqual(['b1', 'a1']);
  });
});
