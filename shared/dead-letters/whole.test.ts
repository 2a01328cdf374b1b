import { describe, expect, it } from 'vitest';
import type { DeadLetter } from './letter.ts';
import type { MoveTask, MoveTasks } from './move.ts';
import { redriveWhole } from './whole.ts';
import type { LetterKind } from './words.ts';

const letter = (kind: LetterKind) => ({ trail: kind, kind }) as DeadLetter;
const task = (state: MoveTask['state'], moved = 0): MoveTask => ({ state, moved, toMove: 5 });

interface Given {
  readonly kinds?: readonly LetterKind[];
  /** What the newest task is, look by look; the last one stays. */
  readonly looks?: readonly (MoveTask | undefined)[];
  readonly refused?: string;
  readonly leftMs?: number;
}

const queue = ({ kinds = ['moved'], looks = [undefined, task('completed', 5)], refused, leftMs }: Given) => {
  const did: string[] = [];
  const left = [...looks];
  let now = 0;
  const tasks: MoveTasks = {
    newest: async () => (left.length > 1 ? left.shift() : left[0]),
    start: async (rate) => {
      did.push(`started at ${rate}`);
      return refused === undefined ? task('running') : { refused };
    },
    stop: async () => task('stopped'),
  };
  const ports = {
    tasks,
    letters: {
      look: async () => {
        did.push('looked');
        return { letters: kinds.map(letter), waiting: kinds.length };
      },
    },
    letterwise: async () => {
      did.push('letter by letter');
      return [
        { letter: letter('moved'), outcome: 'sent back' },
        { letter: letter('moved'), outcome: 'already processed' },
      ] as const;
    },
  };
  const following = {
    ratePerSecond: 7,
    leftMs: () => (leftMs ?? 60_000) - now,
    pause: async (ms: number) => {
      now += ms;
    },
  };
  return { did, ports, following };
};

describe('a whole queue', () => {
  it('of what SQS has moved goes back by its own task, at the rate, followed to its end', async () => {
    const looks = [undefined, task('running', 1), task('running', 3), task('completed', 5)];
    const { did, ports, following } = queue({ looks });
    expect(await redriveWhole(ports, following)).toEqual({
      ...{ way: 'move task', moved: 5, task: task('completed', 5), outcomes: [] },
    });
    expect(did).toEqual(['looked', 'started at 7']);
  });

  it.each<LetterKind>(['parked', 'undelivered', 'skipped'])(
    'goes letter by letter when one was %s: the task would fail at it',
    async (kind) => {
      const { did, ports, following } = queue({ kinds: ['moved', kind] });
      expect(await redriveWhole(ports, following)).toMatchObject({
        ...{ way: 'letter by letter', because: 'not only moved letters', moved: 1 },
        outcomes: [{ outcome: 'sent back' }, { outcome: 'already processed' }],
      });
      expect(did).toEqual(['looked', 'letter by letter']);
    },
  );

  it.each(['edited', 'trails are kept'] as const)(
    'goes letter by letter where it is asked: %s',
    async (why) => {
      const { did, ports, following } = queue({});
      const redriven = await redriveWhole(ports, following, why);
      expect(redriven).toMatchObject({ way: 'letter by letter', because: why });
      expect(did).toEqual(['letter by letter']);
    },
  );

  it.each(['InvalidAction', 'InvalidParameterValue'])(
    'goes letter by letter where SQS refuses: %s',
    async (refused) => {
      const { did, ports, following } = queue({ refused });
      expect(await redriveWhole(ports, following)).toMatchObject({ because: 'SQS refused', moved: 1 });
      expect(did).toEqual(['looked', 'started at 7', 'letter by letter']);
    },
  );

  it('that is being moved already is followed, and not looked into: that would hide letters from the task', async () => {
    const { did, ports, following } = queue({ looks: [task('running', 2), task('stopped', 3)] });
    expect(await redriveWhole(ports, following)).toMatchObject({ moved: 3, task: { state: 'stopped' } });
    expect(did).toEqual([]);
  });

  it('that somebody has stopped is not begun again by whoever only follows', async () => {
    const { did, ports, following } = queue({ looks: [task('stopped', 2)] });
    expect(await redriveWhole(ports, { ...following, follow: true })).toMatchObject({
      ...{ way: 'move task', moved: 2, task: { state: 'stopped' } },
    });
    expect(did).toEqual([]);
  });

  it('whose task fails is finished letter by letter, and both are counted', async () => {
    const { ports, following } = queue({ looks: [undefined, task('failed', 4)] });
    expect(await redriveWhole(ports, following)).toMatchObject({
      ...{ way: 'letter by letter', because: 'its task failed', moved: 5, task: { state: 'failed' } },
    });
  });

  it('is told of as far as the task is when the time is over', async () => {
    const { ports, following } = queue({ looks: [undefined, task('running', 2)], leftMs: 1_000 });
    expect(await redriveWhole(ports, following)).toMatchObject({ moved: 2, task: { state: 'running' } });
  });

  it('is left alone by a dry run, which says by which way it would go', async () => {
    const { did, ports, following } = queue({ kinds: ['moved', 'moved'] });
    const dry = { ...following, dryRun: true };
    expect(await redriveWhole(ports, dry)).toEqual({ way: 'move task', moved: 2, outcomes: [] });
    expect(did).toEqual(['looked']);
  });

  it('that is empty has nothing to move', async () => {
    const { did, ports, following } = queue({ kinds: [] });
    expect(await redriveWhole(ports, following)).toMatchObject({ because: 'nothing lies there' });
    expect(did).not.toContain('started at 7');
  });
});
