import { describe, expect, it } from 'vitest';
import { redriveObstacle, repeatedBy } from './redrive.ts';
import type { Run, Visit } from './run.ts';

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

  it('repeats what did not succeed, each state once, and nothing that was done', () => {
    const visit = (state: string | undefined, outcome: Visit['outcome']): Visit => ({
      ...{ kind: 'Task', outcome, events: [], attempts: [] },
      ...(state === undefined ? {} : { state }),
    });
    const run: Run = {
      ...{ outcome: 'failed', own: [], missing: [] },
      visits: [
        ...[
          visit('Held', 'done'),
          visit('Tried', 'caught'),
          visit('Both', 'failed'),
          visit('Left', 'failed'),
        ],
        ...[
          visit('Right', 'aborted'),
          visit('Left', 'failed'),
          visit(undefined, 'failed'),
          visit('Gone', 'unknown'),
        ],
      ],
    };
    expect(repeatedBy(run)).toEqual(['Both', 'Left', 'Right']);
  });
});
