import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../functions/console/contract.ts';
import { redriveObstacle, redriveOf } from './redrive.ts';
import type { Run, Visit } from './run.ts';
import type { States } from './waiting.ts';

const ENDED = '2026-11-01T00:00:00.000Z';
const DAY_MS = 86_400_000;
const end = Date.parse(ENDED);

describe('a redrive', () => {
  it.each(['FAILED', 'ABORTED', 'TIMED_OUT'])('is allowed after %s, for fourteen days', (status) => {
    const run = { status, endedAt: ENDED };
    expect(redriveObstacle(run, 100, end + 14 * DAY_MS)).toBeUndefined();
    expect(redriveObstacle(run, 100, end + 14 * DAY_MS + 1)).toBe('too_old');
  });

  it('needs an end, and none that was good', () => {
    expect(redriveObstacle({ status: 'RUNNING' }, 100, end)).toBe('running');
    expect(redriveObstacle({ status: 'RUNNING', endedAt: ENDED }, 100, end)).toBe('running');
    expect(redriveObstacle({ status: 'FAILED' }, 100, end)).toBe('running');
    expect(redriveObstacle({ status: 'SUCCEEDED', endedAt: ENDED }, 100, end)).toBe('succeeded');
  });

  it('needs fewer than 24,999 events', () => {
    const run = { status: 'FAILED', endedAt: ENDED };
    expect(redriveObstacle(run, 24_998, end)).toBeUndefined();
    expect(redriveObstacle(run, 24_999, end)).toBe('too_long');
  });

  const visit = (state: string | undefined, outcome: Visit['outcome'], more: Partial<Visit> = {}): Visit => ({
    ...{ kind: 'Task', outcome, events: [], attempts: [] },
    ...(state === undefined ? {} : { state }),
    ...more,
  });
  const run = (...visits: Visit[]): Run => ({ outcome: 'failed', own: [], missing: [], visits });
  const redriven = (id: number): RunEvent => ({
    ...{ id, previous: id - 1, type: 'ExecutionRedriven', at: ENDED, facts: {}, payloads: {} },
  });

  it('repeats what did not succeed, each state once, and nothing that was done', () => {
    const came = run(
      ...[visit('Held', 'done'), visit('Tried', 'caught'), visit('Both', 'failed'), visit('Left', 'failed')],
      ...[visit('Right', 'aborted'), visit('Left', 'failed'), visit(undefined, 'failed')],
      ...[visit('Gone', 'unknown'), visit('Right', 'done')],
    );
    expect(redriveOf(came, [], {})).toEqual({
      ...{ repeats: ['Both', 'Left', 'Right'], mayRepeat: [], keeps: ['Held', 'Tried'] },
    });
  });

  it('does not repeat what a redrive before it has done, as AWS tells of it and as the local cloud does', () => {
    const wait = visit('Wait', 'aborted', { events: [4, 5] });
    const again = visit('Wait', 'done', { events: [8, 9] });
    const pay = visit('Pay', 'aborted', { events: [10] });
    const events = [redriven(7)];
    expect(redriveOf(run(wait, again, pay), events, {})).toMatchObject({ repeats: ['Pay'], keeps: ['Wait'] });
    const wentOn = visit('Wait', 'done', { events: [4, 5, 8, 9] });
    expect(redriveOf(run(wentOn, pay), events, {})).toMatchObject({ repeats: ['Pay'], keeps: ['Wait'] });
    // Stopped once more before anything happened, and entered before the redrive: that is still to do.
    expect(redriveOf(run(wait), events, {}).repeats).toEqual(['Wait']);
    expect(redriveOf(run(visit('Wait', 'done', { events: [2] }), wait), events, {}).repeats).toEqual([
      'Wait',
    ]);
  });

  it.each(['done', 'caught'] as const)('leaves what failed in a Parallel that is %s', (outcome) => {
    const both = visit('Both', outcome, { kind: 'Parallel' });
    const inside = { within: 0, branch: 1 };
    expect(
      redriveOf(run(both, visit('Left', 'failed', inside), visit('Next', 'failed')), [], {}).repeats,
    ).toEqual(['Next']);
    const failed = visit('Both', 'failed', { kind: 'Parallel' });
    expect(redriveOf(run(failed, visit('Left', 'failed', inside)), [], {}).repeats).toEqual(['Both', 'Left']);
  });

  it('says to which tasks the machine may lead back, by any of its ways, and which are behind it', () => {
    const way = (Next: string) => ({ Next });
    const failing = { ErrorEquals: ['States.ALL'] };
    const states: States = {
      Begun: { Type: 'Task', Next: 'Read' },
      Read: { Type: 'Task', Next: 'Route' },
      Route: { Type: 'Choice', Choices: [way('Charged'), way('Both')], Default: 'Good' },
      Charged: { Type: 'Task', Next: 'Read' },
      Both: {
        ...{ Type: 'Parallel', Next: 'Good', Catch: [{ ...failing, Next: 'Undone' }] },
        Branches: [
          { StartAt: 'Left', States: { Left: { Type: 'Task' } } },
          { StartAt: 'Right', States: { Right: { Type: 'Task' } } },
        ],
      },
      Each: { Type: 'Map', ItemProcessor: { StartAt: 'One', States: { One: { Type: 'Task' } } } },
      Undone: { Type: 'Task', Next: 'Good' },
      Good: { Type: 'Succeed' },
    };
    const all = ['Begun', 'Read', 'Charged', 'Left', 'Undone', 'One'].map((name) => visit(name, 'done'));
    const stoppedAt = (name: string) => redriveOf(run(...all, visit(name, 'failed')), [], states);
    expect(stoppedAt('Route')).toEqual({
      ...{ repeats: ['Route'], mayRepeat: ['Read', 'Charged', 'Left', 'Undone'], keeps: ['Begun', 'One'] },
    });
    // A branch leads to where its Parallel does, and not into the other branch.
    expect(stoppedAt('Right').mayRepeat).toEqual(['Undone']);
    expect(stoppedAt('Each').mayRepeat).toEqual(['One']);
    // Choices and ends do nothing to anybody.
    expect(
      redriveOf(run(visit('Route', 'done', { kind: 'Choice' }), visit('Good', 'failed')), [], states),
    ).toEqual({
      ...{ repeats: ['Good'], mayRepeat: [], keeps: [] },
    });
  });
});
