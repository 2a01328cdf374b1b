import { describe, expect, it } from 'vitest';
import type { Waiting } from './waiting.ts';
import { whyIn } from './why.ts';

const now = new Date('2026-11-28T10:00:00Z');
// 15:30 in India.
const since = '2026-11-28T10:00:00Z';
const until = '2026-11-28T10:00:20Z';
const retry = { kind: 'retry', state: 'ReserveFunds', error: 'TransientError', retry: 2, of: 3 } as const;

const EVERY: readonly [Waiting, string, RegExp][] = [
  [
    { ...retry, from: since, by: until },
    'ReserveFunds failed with TransientError; Step Functions tries again by 15:30:20 IST at the latest (retry 2 of 3). Nobody has to act.',
    /15:30:20 IST तक फिर कोशिश/,
  ],
  [
    { ...retry, from: until, by: until },
    'ReserveFunds failed with TransientError; Step Functions tries again at 15:30:20 IST (retry 2 of 3). Nobody has to act.',
    /15:30:20 IST पर फिर कोशिश/,
  ],
  [
    { kind: 'worker', state: 'CheckKyc', who: 'paytm-saga-check-kyc', since, until },
    'CheckKyc is worked on by paytm-saga-check-kyc since 15:30:00 IST. It has until 15:30:20 IST.',
    /paytm-saga-check-kyc में काम/,
  ],
  [
    { kind: 'worker', state: 'CheckKyc', since },
    'CheckKyc is worked on since 15:30:00 IST.',
    /से काम चल रहा है।$/,
  ],
  [
    { kind: 'token', state: 'AwaitBank', who: 'paytm-saga-await-bank', since, until },
    'AwaitBank waits for whoever reads the queue paytm-saga-await-bank to answer, since 15:30:00 IST. The wait ends at 15:30:20 IST.',
    /कतार पढ़ता है।/,
  ],
  [
    { kind: 'token', state: 'AwaitBank', since },
    'AwaitBank waits for whoever has its task token to answer, since 15:30:00 IST.',
    /टास्क टोकन है।$/,
  ],
  [
    { kind: 'time', state: 'Rest', since, until },
    'Rest waits until 15:30:20 IST. Nobody has to act.',
    /तक रुका है/,
  ],
  [
    { kind: 'time', state: 'Rest', since },
    'Rest waits, until a time that the machine has computed. Nobody has to act.',
    /मशीन ने निकाला/,
  ],
  [{ kind: 'engine', state: 'Rest' }, 'Step Functions is about to go on from Rest.', /Rest से आगे/],
  [{ kind: 'engine' }, 'Step Functions is about to enter the next state.', /अगले स्टेट/],
  [{ kind: 'unknown' }, 'The events that say it are not loaded.', /लोड नहीं/],
];

describe('why a run waits', () => {
  it.each(EVERY)('is said of %o in both languages', (waiting, english, hindi) => {
    expect(whyIn('en', waiting, now)).toBe(english);
    expect(whyIn('hi', waiting, now)).toMatch(hindi);
  });

  it('names the day where it is another one in India, even if it is the same in UTC', () => {
    const late = new Date('2026-11-28T18:00:00Z');
    const waiting: Waiting = { kind: 'time', state: 'Rest', since, until: '2026-11-28T19:00:00Z' };
    expect(whyIn('en', waiting, late)).toBe('Rest waits until 29 Nov, 00:30:00 IST. Nobody has to act.');
    expect(whyIn('hi', waiting, late)).toMatch(/29 नव.*00:30:00 IST/);
  });
});
