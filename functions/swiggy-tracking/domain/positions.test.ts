import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { JUNCTIONS } from '../contract.mumbai.ts';
import { isUnsent, type PositionRecord, PUSH_EVERY_MS, sentOut, taken, tooEarlyBy } from './positions.ts';

const START = Date.parse('2026-11-24T11:30:00.000Z');
const iso = (ms: number) => new Date(START + ms).toISOString();
const fix = (ms: number, rider = 'rider_ravi') => ({ ...JUNCTIONS.bandraLinkingRoad, at: iso(ms), rider });
const world = (ms: number) => ({ to: JUNCTIONS.colaba, now: new Date(START + ms) });

describe('a position', () => {
  it('is taken when it is newer, with when the rider arrives, and asks for a push at once', () => {
    const first = taken(undefined, fix(0), world(0));
    expect(first).toMatchObject({
      record: { revision: 1, arrival: { meters: expect.any(Number), at: expect.any(String) }, dueAt: iso(0) },
      askAfterSeconds: 0,
    });
    expect(taken(first?.record, fix(0), world(5))).toBeUndefined();
    expect(taken(first?.record, fix(-1_000), world(5))).toBeUndefined();
  });

  it('is taken without an estimate while nobody knows where the order goes', () => {
    const known = taken(undefined, fix(0), { to: undefined, now: new Date(START) });
    expect(known?.record).not.toHaveProperty('arrival');
  });

  it('asks for no second push while one is under way, and for one again when that one was lost', () => {
    const first = taken(undefined, fix(0), world(0))?.record;
    const second = taken(first, fix(100), world(100));
    expect(second).toEqual({ record: expect.objectContaining({ revision: 2, dueAt: iso(0) }) });
    expect(taken(second?.record, fix(20_000), world(20_000))).toMatchObject({ askAfterSeconds: 0 });
  });

  it('of another rider begins anew, however their clock goes', () => {
    const first = taken(undefined, fix(60_000), world(0))?.record;
    expect(taken(first, fix(0, 'rider_suresh'), world(1))).toMatchObject({
      record: { rider: 'rider_suresh', revision: 2 },
      askAfterSeconds: 0,
    });
  });

  it('that came while another one went out has a push of its own, a second later', () => {
    const first = taken(undefined, fix(0), world(0))?.record as PositionRecord;
    const second = taken(first, fix(50), world(50))?.record as PositionRecord;
    const { record, again } = sentOut(second, 1, new Date(START + 60));
    expect(again).toBe(true);
    expect(record).toMatchObject({ pushed: 1, pushedAt: iso(60), dueAt: iso(1_060), revision: 2 });
    expect(isUnsent(record)).toBe(true);
    expect(tooEarlyBy(record, new Date(START + 60))).toBe(1);
    expect(tooEarlyBy(record, new Date(START + 1_060))).toBe(0);
    expect(sentOut(record, 2, new Date(START + 1_100))).toMatchObject({ again: false });
  });

  const story = fc.array(fc.tuple(fc.integer({ min: 1, max: 900 }), fc.constantFrom('fix', 'late')), {
    minLength: 1,
    maxLength: 60,
  });
  property.prop([story])(
    'goes out at most once a second, is the newest when it does, and the last one goes out',
    (steps) => {
      let record: PositionRecord | undefined;
      let due: number | undefined;
      let now = 0;
      const pushes: { at: number; revision: number }[] = [];
      const askFor = (seconds: number | undefined) => {
        if (seconds === undefined) return;
        // Nothing asks while something is asked for.
        expect(due).toBeUndefined();
        due = now + seconds * 1000;
      };
      const passUntil = (until: number) => {
        while (due !== undefined && due <= until) {
          now = due;
          due = undefined;
          if (!record || !isUnsent(record)) continue;
          expect(tooEarlyBy(record, new Date(START + now))).toBe(0);
          const { revision } = record;
          pushes.push({ at: now, revision });
          const after = sentOut(record, revision, new Date(START + now));
          record = after.record;
          if (after.again) askFor(tooEarlyBy(record, new Date(START + now)));
        }
        now = until;
      };
      for (const [ms, kind] of steps) {
        passUntil(now + ms);
        const next = taken(record, fix(kind === 'late' ? now - 60_000 : now), world(now));
        if (!next) continue;
        record = next.record;
        askFor(next.askAfterSeconds);
      }
      passUntil(now + 5_000);
      for (const [n, { at }] of pushes.entries()) {
        const before = pushes[n - 1];
        if (before) expect(at - before.at).toBeGreaterThanOrEqual(PUSH_EVERY_MS);
      }
      expect(pushes.at(-1)?.revision).toBe(record?.revision);
    },
  );
});
