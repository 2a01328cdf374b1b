import { describe, expect, it } from 'vitest';
import type { LetterOutcome, QueueOutcome } from '../../functions/console/contract.ts';
import { type RedriveBody, redriveQueue, sendAll } from './desk.ts';

const trails = (count: number) => Array.from({ length: count }, (_value, at) => `trail-${at}`);
const meant = (count: number) => ({ trails: trails(count), dryRun: false, ratePerSecond: 100, edits: {} });

/** A door that reaches so many letters a call. */
const desk = (reaches: number) => {
  const calls: RedriveBody[] = [];
  const call = (body: RedriveBody): Promise<readonly LetterOutcome[]> => {
    calls.push(body);
    return Promise.resolve(
      body.trails.map((trail, at) => ({ trail, outcome: at < reaches ? 'sent back' : 'not reached' })),
    );
  };
  return { calls, call };
};

const told = async (count: number, reaches: number) => {
  const { calls, call } = desk(reaches);
  const outcomes: LetterOutcome[] = [];
  await sendAll(meant(count), call, (part) => outcomes.push(...part));
  return { calls, outcomes };
};

describe('sending many letters back', () => {
  it('asks in hundreds, and tells of each letter once', async () => {
    const { calls, outcomes } = await told(250, 100);
    expect(calls.map(({ trails: asked }) => asked.length)).toEqual([100, 100, 50]);
    expect(outcomes.map(({ trail }) => trail)).toEqual(trails(250));
  });

  it('asks again for what a call had no time for, before what comes behind it', async () => {
    const { calls, outcomes } = await told(150, 40);
    expect(outcomes.map(({ trail }) => trail).toSorted()).toEqual(trails(150).toSorted());
    expect(outcomes.every(({ outcome }) => outcome === 'sent back')).toBe(true);
    expect(calls[1]?.trails[0]).toBe('trail-40');
  });

  it('says so in the end where nothing is ever reached', async () => {
    const { calls, outcomes } = await told(2, 0);
    expect(calls).toHaveLength(3);
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['not reached', 'not reached']);
  });

  it('has told what happened when a call fails', async () => {
    const { call } = desk(100);
    const outcomes: LetterOutcome[] = [];
    let calls = 0;
    const failing = (body: RedriveBody) => {
      calls += 1;
      return calls === 2 ? Promise.reject(new Error('nobody answers')) : call(body);
    };
    await expect(sendAll(meant(150), failing, (part) => outcomes.push(...part))).rejects.toThrow(
      'nobody answers',
    );
    expect(outcomes).toHaveLength(100);
  });

  it('sends with each call the edits of its own letters', async () => {
    const { calls, call } = desk(100);
    const edit = [{ path: '/kind', json: '"receipt"' }];
    await sendAll({ ...meant(101), edits: { 'trail-0': edit, 'trail-100': edit } }, call, () => undefined);
    expect(calls.map(({ edits }) => Object.keys(edits ?? {}))).toEqual([['trail-0'], ['trail-100']]);
  });
});

describe('sending a whole queue back', () => {
  const outcome = (over: Partial<QueueOutcome>): QueueOutcome => ({
    ...{ dryRun: false, queue: 'q', way: 'letter by letter', moved: 0, items: [] },
    ...over,
  });
  const sent = (...outcomes: LetterOutcome['outcome'][]) =>
    outcomes.map((one, at) => ({ trail: `t${at}`, outcome: one }));
  const toldOf = async (answers: readonly QueueOutcome[]) => {
    const left = [...answers];
    const asked: boolean[] = [];
    const heard: QueueOutcome[] = [];
    const call = (follow: boolean) => {
      asked.push(follow);
      return Promise.resolve(left.shift() ?? outcome({}));
    };
    await redriveQueue(call, (one) => heard.push(one));
    return { asked, last: heard.at(-1) };
  };

  it('follows a task of SQS to its end, and starts no other', async () => {
    const task = (state: 'running' | 'stopped', moved: number) =>
      outcome({ way: 'move task', moved, task: { state, moved, toMove: 9 } });
    const { asked, last } = await toldOf([task('running', 2), task('running', 5), task('stopped', 6)]);
    expect(asked).toEqual([false, true, true]);
    expect(last).toMatchObject({ moved: 6, task: { state: 'stopped' } });
  });

  it('asks again for letters that a call did not reach, and counts all', async () => {
    const first = outcome({ moved: 1, items: sent('sent back', 'not reached') });
    const { asked, last } = await toldOf([first, outcome({ moved: 1, items: sent('sent back') })]);
    expect(asked).toEqual([false, false]);
    expect(last).toMatchObject({ moved: 2, items: [{ outcome: 'sent back' }, { outcome: 'sent back' }] });
  });

  it('ends when nothing is reached any more, and after a dry run', async () => {
    const stuck = outcome({ items: sent('not reached') });
    expect((await toldOf([stuck])).asked).toHaveLength(1);
    expect((await toldOf([{ ...stuck, dryRun: true }])).asked).toHaveLength(1);
  });
});
