/** Clock, ids and chance for tests: what comes is known beforehand. */

export interface FixedClock {
  readonly now: () => Date;
  /** Lets `ms` milliseconds pass at once. */
  readonly advance: (ms: number) => void;
}

/** A clock that stands until it is moved. @param start ISO 8601 UTC */
export const fixedClock = (start = '2026-11-24T11:30:00.000Z'): FixedClock => {
  let time = Date.parse(start);
  return {
    now: () => new Date(time),
    advance: (ms) => {
      time += ms;
    },
  };
};

/** Valid UUIDs of version 7, counted from 1: `00000000-0000-7000-8000-000000000001`. */
export const sequenceIds = (): (() => string) => {
  let count = 0;
  return () => {
    count += 1;
    return `00000000-0000-7000-8000-${count.toString(16).padStart(12, '0')}`;
  };
};
