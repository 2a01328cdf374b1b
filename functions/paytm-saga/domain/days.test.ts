import { fc, test } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { dayAfter, dayOf, endOf, isOver } from './days.ts';

describe('a day of Asia/Kolkata', () => {
  it('ends at half past six in the evening, UTC', () => {
    expect(endOf('2026-11-24')).toBe('2026-11-24T18:30:00.000Z');
    expect(dayAfter('2028-02-28')).toBe('2028-02-29');
    expect(dayAfter('2026-12-31')).toBe('2027-01-01');
  });

  it('is over ten minutes after its end, when nothing of it is on its way any more', () => {
    expect(isOver('2026-11-24', new Date('2026-11-24T18:39:59.999Z'))).toBe(false);
    expect(isOver('2026-11-24', new Date('2026-11-24T18:40:00.000Z'))).toBe(true);
  });

  test.prop([fc.date({ min: new Date('2000-01-01'), max: new Date('2100-01-01'), noInvalidDate: true })])(
    'holds every instant before its end and from the end of the day before on',
    (instant) => {
      const day = dayOf(instant);
      expect(instant.toISOString() < endOf(day)).toBe(true);
      expect(dayOf(new Date(endOf(day)))).toBe(dayAfter(day));
      expect(dayOf(new Date(Date.parse(endOf(day)) - 1))).toBe(day);
    },
  );
});
