/** Time as an execution sees it. */

/** What {@link Clock.within} answers when time ran out first. */
export const TOO_LATE = Symbol('too late');

export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves when so many milliseconds have passed. */
  sleep(ms: number): Promise<void>;
  /** What becomes of the work, or {@link TOO_LATE} when so many milliseconds pass first. The work is not stopped. */
  within<T>(ms: number, work: Promise<T>): Promise<T | typeof TOO_LATE>;
}

/** Time that others move: whoever sleeps wakes at once, and nothing is ever too late. */
export const stillClock = (now: () => number): Clock => ({
  now,
  sleep: async () => undefined,
  within: (_, work) => work,
});

interface Alarm {
  readonly at: number;
  readonly ring: () => void;
}

export interface VirtualClock extends Clock {
  /**
   * Runs work to its end: whenever everything waits, time jumps to the next moment that somebody waits for.
   *
   * @throws {Error} the work waits for something that never comes
   */
  run<T>(work: Promise<T>): Promise<T>;
}

/** Time that passes only when nothing else can happen, so that a test with hours of waiting takes no time. */
export const virtualClock = (start = Date.UTC(2026, 10, 24)): VirtualClock => {
  let time = start;
  const alarms = new Set<Alarm>();
  const alarm = (ms: number, ring: () => void): Alarm => {
    const set = { at: time + Math.max(0, ms), ring };
    alarms.add(set);
    return set;
  };
  return {
    now: () => time,
    sleep: (ms) => new Promise((resolve) => alarm(ms, resolve)),
    within(ms, work) {
      const { promise, resolve } = Promise.withResolvers<typeof TOO_LATE>();
      const set = alarm(ms, () => resolve(TOO_LATE));
      return Promise.race([work, promise]).finally(() => alarms.delete(set));
    },
    async run(work) {
      let ended = false;
      const settled = () => {
        ended = true;
      };
      work.then(settled, settled);
      for (;;) {
        await everythingWaits();
        if (ended) return work;
        const [next] = [...alarms].sort((a, b) => a.at - b.at);
        if (next === undefined) throw new Error('It waits for something that never comes');
        alarms.delete(next);
        time = Math.max(time, next.at);
        next.ring();
      }
    },
  };
};

/** Immediates run after every promise that can go on has gone on. */
export const everythingWaits = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
