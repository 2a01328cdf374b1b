import { describe, expect, it } from 'vitest';
import { judge, merge, type Outcome, type Ran, type Row } from './results.ts';

const page = { url: 'https://docs.aws.amazon.com/page.html' };
const passes: Outcome = { passes: true };
const differs: Outcome = { passes: false, seen: 'nothing' };
const ran = (sentence: string, outcome?: Outcome, reliedOn?: string): Ran => ({
  service: 'sqs',
  sentence,
  page,
  ...(outcome ? { outcome } : {}),
  ...(reliedOn ? { reliedOn } : {}),
});
const row = (sentence: string, outcomes: Row['outcomes']): Row => ({
  service: 'sqs',
  sentence,
  page,
  outcomes,
});

describe('the results after a run', () => {
  it('keep what other targets did', () => {
    const after = merge([row('a', { stock: differs, local: differs })], [ran('a', passes)], 'local', true);
    expect(after).toEqual([row('a', { stock: differs, local: passes })]);
  });

  it('lose what a whole run does not know, and keep it after a part of one', () => {
    const before = [row('gone', { local: passes }), row('stays', { local: passes })];
    const part = [ran('stays', differs)];
    expect(merge(before, part, 'local', true)).toEqual([row('stays', { local: differs })]);
    expect(merge(before, part, 'local', false)).toEqual([before[0], row('stays', { local: differs })]);
  });

  it('say nothing of a target where a behaviour was not tried in a whole run', () => {
    expect(merge([row('a', { aws: passes })], [ran('a')], 'aws', true)).toEqual([row('a', {})]);
  });

  it('are in the order of services, and within one as they are written', () => {
    const lambda = { ...ran('z', passes), service: 'lambda' };
    const after = merge([], [ran('b', passes), ran('a', passes), lambda], 'local', true);
    expect(after.map(({ sentence }) => sentence)).toEqual(['z', 'b', 'a']);
  });
});

describe('the verdict on a run', () => {
  it('is broken by a difference that our code relies on, and by no other', () => {
    const all = [ran('a', differs, 'shared'), ran('b', differs), ran('c', passes, 'shared'), ran('d')];
    expect(judge([], all, 'local').broken.map(({ sentence }) => sentence)).toEqual(['a']);
  });

  it('names what differed and passes now, and what passed and differs now, at that target', () => {
    const before = [row('a', { stock: differs }), row('b', { stock: passes }), row('c', { local: differs })];
    const { mended, lost } = judge(before, [ran('a', passes), ran('b', differs), ran('c', passes)], 'stock');
    expect(mended.map(({ sentence }) => sentence)).toEqual(['a']);
    expect(lost.map(({ sentence }) => sentence)).toEqual(['b']);
  });
});
