import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import definition from '../../statemachines/paytm-saga/payment.asl.json' with { type: 'json' };
import type { Attempt, Run, Visit } from './run.ts';
import { isRetrying, isSaga, judged, type Step, stepsOf, type Verdict, visitsOf } from './saga.ts';
import { type State, statesOf } from './waiting.ts';

const attempt = (outcome: Attempt['outcome']): Attempt => ({ events: [], outcome });
const visit = (state: string, outcome: Visit['outcome'], ...attempts: Attempt['outcome'][]): Visit => ({
  ...{ state, kind: 'Task', outcome, events: [], attempts: attempts.map(attempt) },
});
const run = (...visits: Visit[]): Run => ({ outcome: 'open', visits, own: [], missing: [] });
const step = (state: string, of: Partial<Step> = {}): Step => ({
  ...{ state, pivot: false, bestEffort: false, ...of },
});

/** A saga as it is played: what each step has to undo it, where it fails, and how often what undoes fails. */
const anySaga = fc.record({
  before: fc.array(fc.record({ undo: fc.boolean(), undoFails: fc.nat(2) }), { minLength: 1, maxLength: 6 }),
  /** Behind the pivot: whether each does not succeed. */
  behind: fc.array(fc.boolean(), { maxLength: 3 }),
  /** At which step it fails; beyond the last one at none. */
  failsAt: fc.nat(8),
  /** Whether the step that failed may have done something, and is undone too. */
  asked: fc.boolean(),
  /** How often somebody lets it go on after it was parked. */
  resumed: fc.nat(3),
});
type Saga = typeof anySaga extends fc.Arbitrary<infer T> ? T : never;

/** Plays it by the words of the pattern, without looking at a visit: what each step came to, and what was visited. */
const played = ({ before, behind, failsAt, asked, resumed }: Saga) => {
  const steps = [
    ...before.map(({ undo }, at) => step(`Do${at}`, undo ? { undo: `Undo${at}` } : {})),
    ...behind.map((_, at) => step(`Tell${at}`, { bestEffort: true })),
  ];
  const verdicts = new Map<string, Verdict>(steps.map(({ state }) => [state, 'untouched']));
  const executions: Visit[][] = [[]];
  const visited = (state: string, outcome: Visit['outcome']) =>
    executions.at(-1)?.push(visit(state, outcome));
  for (const [at] of before.entries()) {
    if (at > failsAt) break;
    visited(`Do${at}`, at === failsAt ? 'caught' : 'done');
    verdicts.set(`Do${at}`, at === failsAt ? 'failed' : 'done');
  }
  if (failsAt >= before.length) {
    for (const [at, fails] of behind.entries()) {
      visited(`Tell${at}`, fails ? 'caught' : 'done');
      verdicts.set(`Tell${at}`, fails ? 'skipped' : 'done');
    }
    return { steps, verdicts, executions };
  }
  visited('TurnBack', 'done');
  const toUndo = before.flatMap(({ undo, undoFails }, at) =>
    undo && (at < failsAt || (at === failsAt && asked)) ? [{ at, undoFails }] : [],
  );
  let [left, isParked] = [resumed, false];
  for (const { at, undoFails } of toUndo.toReversed()) {
    for (let time = 0; time < undoFails && !isParked; time++) {
      visited(`Undo${at}`, 'caught');
      visited('Park', 'done');
      if (left-- > 0) executions.push([]);
      else isParked = true;
    }
    if (!isParked) visited(`Undo${at}`, 'done');
    verdicts.set(`Do${at}`, isParked ? 'stuck' : 'undone');
  }
  return { steps, verdicts, executions };
};

describe('what became of a saga’s steps', () => {
  test.prop([anySaga])('is what was done, undone, and left half-way', (saga) => {
    const { steps, verdicts, executions } = played(saga);
    const visits = visitsOf(executions.map((one) => run(...one)));
    const found = judged(steps, visits, true);
    expect(found.map(({ state, verdict }) => [state, verdict])).toEqual([...verdicts]);
    for (const { state, undo, done, undone } of found) {
      expect(done).toBe(lastPlace(visits, state));
      expect(undone).toBe(lastPlace(visits, undo));
    }
  });

  test.prop([anySaga])('is not left half-way while it goes on and nothing that undoes has failed', (saga) => {
    const { steps, executions } = played(saga);
    const visits = visitsOf(executions.map((one) => run(...one)));
    for (let n = 0; n <= visits.length; n++) {
      const seen = visits.slice(0, n);
      for (const { undo, verdict } of judged(steps, seen, false)) {
        const undoing = seen.findLast(({ state }) => state === undo);
        expect(verdict === 'stuck').toBe(undo !== undefined && undoing?.outcome === 'caught');
      }
    }
  });

  const hold = step('Hold', { undo: 'Release' });
  it.each<[string, readonly Visit[], Verdict]>([
    ['is open while its worker is asked', [visit('Hold', 'open', 'open')], 'open'],
    ['is tried again after an attempt that failed', [visit('Hold', 'open', 'failed')], 'retrying'],
    ['is tried again after an attempt without an answer', [visit('Hold', 'open', 'timed_out')], 'retrying'],
    ['is unknown where its end is not loaded', [visit('Hold', 'unknown')], 'unknown'],
    ['failed where the run failed with it', [visit('Hold', 'failed', 'failed')], 'failed'],
    ['is being undone', [visit('Hold', 'done'), visit('Release', 'open', 'failed')], 'undoing'],
    ['may be undone: that is not loaded', [visit('Hold', 'done'), visit('Release', 'unknown')], 'unknown'],
    ['is undone though what did it is not loaded', [visit('Release', 'done')], 'undone'],
  ])('%s', (_name, visits, verdict) => {
    expect(judged([hold], visits, false)[0]?.verdict).toBe(verdict);
  });

  it('is done though another way back was gone before it was done at last', () => {
    const pay = step('Pay', { undo: 'Refund' });
    const visits = [visit('Release', 'done'), visit('Pay', 'done')];
    expect(judged([hold, pay], visits, true).map(({ verdict }) => verdict)).toEqual(['undone', 'done']);
  });
});

const lastPlace = (visits: readonly Visit[], state: string | undefined) => {
  const at = visits.findLastIndex((one) => one.state === state);
  return state === undefined || at < 0 ? undefined : at;
};

describe('the steps of a definition', () => {
  const task = (of: Partial<State> = {}): State => ({
    ...{ Type: 'Task', Next: 'Next', Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Back' }], ...of },
  });

  it('are tasks with a Catch, but for what undoes others and waits for tokens', () => {
    const states = {
      Read: { Type: 'Task', Next: 'Do' },
      Which: { Type: 'Choice', Catch: [] },
      Do: task({ Comment: 'Does it. Undone by Undo.' }),
      Ask: task({ Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken' }),
      Settle: task({ Comment: 'The pivot: it is settled.' }),
      Tell: task({ Next: 'Back' }),
      Undo: task({ Comment: 'Not The pivot.' }),
    };
    expect(stepsOf(states)).toEqual([
      step('Do', { undo: 'Undo' }),
      step('Settle', { pivot: true }),
      step('Tell', { bestEffort: true }),
    ]);
    expect(isSaga(states)).toBe(true);
    expect(isSaga({ Settle: states.Settle })).toBe(false);
  });

  it('are found in branches too', () => {
    const inner = { StartAt: 'Do', States: { Do: task({ Comment: 'Undone by Undo.' }), Undo: task() } };
    const text = JSON.stringify({
      StartAt: 'Both',
      States: { Both: { Type: 'Parallel', Branches: [inner] } },
    });
    expect(stepsOf(statesOf(text)).map(({ state, undo }) => [state, undo])).toEqual([['Do', 'Undo']]);
  });

  it('of a payment are ten, two of them undone, the seventh the pivot', () => {
    expect(isSaga(statesOf(JSON.stringify(definition)))).toBe(true);
    expect(stepsOf(statesOf(JSON.stringify(definition)))).toHaveLength(10);
  });
});

describe('the visits of several executions', () => {
  it('are one list, in which what is inside stays inside', () => {
    const both: Visit = { ...visit('Both', 'done'), kind: 'Parallel' };
    const inside = (of: Visit, within: number, branch: number): Visit => ({ ...of, within, branch });
    const one = run(both, inside(visit('Left', 'done'), 0, 1), inside(visit('After', 'done'), 0, 1));
    const all = visitsOf([run(visit('First', 'done')), one, one]);
    expect(all.map(({ within, branch }) => [within, branch])).toEqual([
      ...[
        [undefined, undefined],
        [undefined, undefined],
        [1, 2],
        [1, 2],
      ],
      ...[
        [undefined, undefined],
        [4, 5],
        [4, 5],
      ],
    ]);
    expect(all.map(({ state }) => state)).toEqual([
      'First',
      ...Array(2).fill(['Both', 'Left', 'After']).flat(),
    ]);
  });
});

describe('a visit', () => {
  it.each<[Visit, boolean]>([
    [visit('Do', 'open', 'failed'), true],
    [visit('Do', 'open', 'failed', 'open'), false],
    [visit('Do', 'caught', 'failed'), false],
    [visit('Do', 'open'), false],
  ])('is retrying while its last attempt failed and nothing gave it up', (one, retrying) => {
    expect(isRetrying(one)).toBe(retrying);
  });
});
