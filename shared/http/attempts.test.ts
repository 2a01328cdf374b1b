import { fc, test } from '@fast-check/vitest';
import { describe, expect } from 'vitest';
import { boundMs, inTime } from './attempts.ts';

class Silence extends Error {}
const DEADLINE_MS = 10_000;

/** Plays a call against a peer that takes so long at each attempt; `Infinity` is silence. */
const played = async (latenciesMs: readonly number[], waitsMs: readonly number[] = [0]) => {
  let now = 0;
  const attempts: { readonly from: number; readonly boundMs: number }[] = [];
  const answer = await inTime({
    attempts: latenciesMs.length,
    leftMs: () => DEADLINE_MS - now,
    ask: async (attempt, bound) => {
      attempts.push({ from: now, boundMs: bound });
      const latencyMs = latenciesMs[attempt - 1] ?? 0;
      now += Math.min(latencyMs, bound);
      if (latencyMs > bound) throw new Silence();
      return attempt;
    },
    waitMsAfter: (_, attempt) => waitsMs[(attempt - 1) % waitsMs.length],
    pause: async (ms) => {
      now += ms;
    },
  }).catch((error: unknown) => {
    if (error instanceof Silence) return undefined;
    throw error;
  });
  return { answer, attempts, now };
};

const latency = fc.oneof(fc.integer({ min: 0, max: 2 * DEADLINE_MS }), fc.constant(Number.POSITIVE_INFINITY));
const latencies = fc.array(latency, { minLength: 1, maxLength: 5 });
const waits = fc.array(fc.integer({ min: 0, max: 3_000 }), { minLength: 1, maxLength: 5 });

describe('the attempts at a call', () => {
  test.prop([latencies, waits])('never pass the deadline, whatever the peer does', async (peer, pauses) => {
    const { attempts, now } = await played(peer, pauses);
    expect(now).toBeLessThanOrEqual(DEADLINE_MS);
    for (const { from, boundMs: bound } of attempts) expect(from + bound).toBeLessThanOrEqual(DEADLINE_MS);
  });

  test.prop([fc.integer({ min: 0, max: DEADLINE_MS }), fc.integer({ min: 1, max: 5 })])(
    'hear a steady peer out that needs up to half of the deadline, at the first of several',
    async (latencyMs, attempts) => {
      const { answer } = await played(Array.from({ length: attempts }, () => latencyMs));
      if (attempts === 1 || latencyMs <= DEADLINE_MS / 2) expect(answer).toBe(1);
    },
  );

  test.prop([fc.integer({ min: 1, max: 4 }), fc.nat(), waits])(
    'hear the last one out for all that is left, after any number of silences',
    async (silences, seed, pauses) => {
      const silent = Array.from({ length: silences }, () => Number.POSITIVE_INFINITY);
      const { attempts } = await played([...silent, 0], pauses);
      const last = attempts.at(-1);
      if (attempts.length <= silences || last === undefined) return; // the pauses took all the time
      const leftMs = DEADLINE_MS - last.from;
      const { answer } = await played([...silent, seed % (leftMs + 1)], pauses);
      expect(answer).toBe(silences + 1);
    },
  );

  test.prop([fc.integer({ min: 1, max: 100_000 }), fc.integer({ min: 1, max: 9 })])(
    'leave some time to the ones after them',
    (leftMs, attemptsLeft) => {
      const bound = boundMs(leftMs, attemptsLeft);
      expect(bound).toBeLessThanOrEqual(leftMs);
      if (attemptsLeft > 1) expect(bound).toBeLessThan(leftMs);
    },
  );
});
