import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { fullJitterMs, iso, kolkata, pause } from './index.ts';

describe('the clock of Asia/Kolkata', () => {
  it('is five and a half hours ahead, over the end of the day too', () => {
    expect(kolkata(new Date('2026-11-24T11:30:00Z'))).toEqual({ date: '2026-11-24', hour: 17 });
    expect(kolkata(new Date('2026-11-24T18:29:59Z'))).toEqual({ date: '2026-11-24', hour: 23 });
    expect(kolkata(new Date('2026-12-31T18:30:00Z'))).toEqual({ date: '2027-01-01', hour: 0 });
  });

  const formatter = new Intl.DateTimeFormat('en-CA', {
    timeZone: 'Asia/Kolkata',
    dateStyle: 'short',
    timeStyle: 'short',
    hourCycle: 'h23',
  });
  test.prop([fc.date({ min: new Date('1950-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })])(
    'agrees with the zone data of Intl',
    (instant) => {
      const [date, time] = formatter.format(instant).split(', ');
      expect(kolkata(instant)).toEqual({ date, hour: Number(time?.slice(0, 2)) });
    },
  );
});

it('an instant is stored in UTC', () => {
  expect(iso(new Date('2026-11-24T17:00:00+05:30'))).toBe('2026-11-24T11:30:00.000Z');
});

describe('full jitter', () => {
  const bounds = { baseMs: 50, capMs: 300 };

  it('doubles its bound with each attempt, up to a cap', () => {
    const longest = [1, 2, 3, 4, 5].map((attempt) => fullJitterMs(attempt, () => 0.999999, bounds));
    expect(longest).toEqual([49, 99, 199, 299, 299]);
  });

  it('can be no wait at all', () => {
    expect(fullJitterMs(3, () => 0, bounds)).toBe(0);
  });

  it('is waited for', async () => {
    await expect(pause(0)).resolves.toBeUndefined();
  });
});
