/** Sending a batch is done when every entry was accepted, not when the call came back. */
import { HouseError, TransientError, UnexpectedError } from '../errors/index.ts';
import { type Chance, fullJitterMs, type Pause, pause } from '../time/index.ts';
import { remainingMs } from '../tracing/index.ts';

/** An entry that was refused, and by what. */
export interface Refused<T> {
  readonly entry: T;
  readonly reason: string;
  /** Whether it will never be accepted as it is. @default false */
  readonly forGood?: boolean;
}

export interface SendingPorts {
  /** @default Math.random */
  readonly chance?: Chance;
  /** @default waits */
  readonly pause?: Pause;
  /** Milliseconds that may still be spent. @default what the invocation has left */
  readonly deadline?: () => number;
}

/** How often what was refused is sent again before the caller has to decide. */
const MOST_ATTEMPTS = 5;

/**
 * Sends entries in batches; what was refused is sent again with full jitter, what was accepted is not.
 *
 * @param batches cuts entries into what one call may carry
 * @param send makes one call, and answers what was refused
 * @throws {TransientError} some were still refused at the deadline. All may be sent again: a receiver knows an event by its id
 * @throws {UnexpectedError} an entry will never be accepted as it is
 */
export const insist = async <T>(
  entries: readonly T[],
  batches: (entries: readonly T[]) => readonly (readonly T[])[],
  send: (batch: readonly T[]) => Promise<readonly Refused<T>[]>,
  { chance = Math.random, pause: wait = pause, deadline = remainingMs }: SendingPorts,
): Promise<void> => {
  let left = entries;
  for (let attempt = 1; left.length > 0; attempt++) {
    const refused: Refused<T>[] = [];
    for (const batch of batches(left)) refused.push(...(await sent(send, batch)));
    const [first] = refused;
    if (!first) return;
    const hopeless = refused.find(({ forGood }) => forGood);
    if (hopeless) throw new UnexpectedError({ reason: hopeless.reason });
    const waitMs = fullJitterMs(attempt, chance, { baseMs: 50, capMs: 1000 });
    if (attempt >= MOST_ATTEMPTS || waitMs >= deadline()) throw new TransientError({ reason: first.reason });
    await wait(waitMs);
    left = refused.map(({ entry }) => entry);
  }
};

const sent = async <T>(
  send: (batch: readonly T[]) => Promise<readonly Refused<T>[]>,
  batch: readonly T[],
): Promise<readonly Refused<T>[]> => {
  try {
    return await send(batch);
  } catch (error) {
    throw HouseError.from(error); // the SDK has made its own attempts
  }
};

/** Cuts entries into batches of at most so many entries and bytes. One that is too big alone goes alone. */
export const cut = <T>(
  entries: readonly T[],
  bytesOf: (entry: T) => number,
  { most, mostBytes }: { readonly most: number; readonly mostBytes: number },
): T[][] => {
  const batches: T[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const more = bytesOf(entry);
    const last = batches.at(-1);
    if (last && last.length < most && bytes + more <= mostBytes) {
      last.push(entry);
      bytes += more;
    } else {
      batches.push([entry]);
      bytes = more;
    }
  }
  return batches;
};
