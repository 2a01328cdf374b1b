import { describe, expect, it } from 'vitest';
import { AskProblem } from '../city/problem.ts';
import { toldBy } from './told.ts';

const refusal = (status: number, facts: object = {}) =>
  new AskProblem('It goes on.', {
    status,
    name: 'RunGoesOnError',
    retryable: false,
    traceId: 'a1',
    ...facts,
  });

describe('what a page says of a problem', () => {
  it('is of an action that was refused that it was refused, and why', () => {
    expect(toldBy(refusal(409), 'act', 'en')).toEqual({
      ...{ kind: 'refused', detail: 'It goes on.', problem: 'RunGoesOnError', traceId: 'a1' },
      mayRetry: false,
    });
  });

  it('is of a question that was refused the same: nothing was unreadable', () => {
    for (const status of [400, 401, 403, 409, 422]) {
      expect(toldBy(refusal(status), 'read', 'en'), String(status)).toMatchObject({ kind: 'refused' });
    }
  });

  it.each([
    ['read', 404, 'missing'],
    ['act', 404, 'refused'],
    ['read', 500, 'unread'],
    ['act', 503, 'undone'],
    ['read', 0, 'silent'],
    ['act', 0, 'silentAct'],
  ] as const)('is of %s with %s %s', (asked, status, kind) => {
    expect(toldBy(refusal(status), asked, 'en').kind).toBe(kind);
  });

  it('offers another try where the problem says that it may help, or nobody answered', () => {
    const offered = (status: number, facts: object) => toldBy(refusal(status, facts), 'act', 'en').mayRetry;
    expect([offered(409, {}), offered(500, {}), offered(429, { retryable: true })]).toEqual([
      ...[false, false, true],
    ]);
    expect(toldBy(new AskProblem('Nobody answers.', { status: 0 }), 'act', 'en').mayRetry).toBe(true);
    // A gateway that says nothing of it: what failed on that side may succeed.
    expect(toldBy(new AskProblem('', { status: 502 }), 'read', 'en').mayRetry).toBe(true);
    expect(toldBy(new AskProblem('', { status: 400 }), 'read', 'en').mayRetry).toBe(false);
  });

  it('speaks the language of the reader where the gateway has both', () => {
    const both = refusal(403, { detail_hi: 'अनुमति नहीं है।' });
    expect([toldBy(both, 'act', 'hi').detail, toldBy(both, 'act', 'en').detail]).toEqual([
      ...['अनुमति नहीं है।', 'It goes on.'],
    ]);
  });

  it('is of a defect of the page what it is', () => {
    expect(toldBy(new TypeError('x is not a function'), 'act', 'en')).toEqual({
      ...{ kind: 'undone', detail: 'TypeError: x is not a function', mayRetry: false },
      ...{ problem: '', traceId: undefined },
    });
    expect(toldBy('thrown text', 'read', 'en')).toMatchObject({ kind: 'unread', detail: 'thrown text' });
  });
});
