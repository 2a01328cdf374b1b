import { describe, expect, it } from 'vitest';
import type { LetterOutcome } from '../../functions/console/contract.ts';
import { type RedriveBody, sendAll } from './desk.ts';

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
