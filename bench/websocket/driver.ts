/** Opens connections, has something said over them, and looks who heard it, and when. Bounded in count and time. */
import { waitFor } from '../../shared/testing/index.ts';
import { together } from '../../shared/testing/together.ts';
import { type Connection, connected, markOf } from './connection.ts';
import type { Room } from './rooms.ts';

export interface Size {
  readonly rounds: number;
  /** Connections in all, and how many of them hear what is said. */
  readonly held: number;
  readonly followers: number;
  /** Said one after the other, and said at once. */
  readonly singles: number;
  readonly burst: number;
  /** What has not come by then has been missed. @default 10000 */
  readonly withinMs?: number;
}

/** What a round of one kind did. */
export interface Heard {
  /** Open at the end. */
  readonly open: number;
  /** Connections a second, and such that began to follow. */
  readonly opened: number;
  readonly followed: number;
  /** Addresses a second: tickets, where one needs one. */
  readonly tickets: number;
  /** Milliseconds from saying until somebody heard, of everything that was said alone and everybody. */
  readonly fromSaid: readonly number[];
  /** From its acceptance; nothing is sooner than that. */
  readonly fromAccepted: readonly number[];
  /** What was said at once and heard, a second. */
  readonly pushed: number;
  /** What was said and somebody did not hear. */
  readonly missed: number;
  /** Milliseconds that the emulator's processor worked for each that was heard of the burst; NaN where nothing tells. */
  readonly emulatorMs: number;
}

/** How many shake hands, or ask, at a time. */
const AT_ONCE = 16;
/** A ticket is good for a minute, so no more are asked for than are used at once. */
const A_WAVE = 50;
/** Speakers are the first in a room. */
export const SPEAKERS = 3;
const WITHIN_MS = 10_000;

let marks = 0;

/** @param workedMs of the emulator's processor until now */
export const hear = async (room: Room, size: Size, workedMs: () => number): Promise<Heard> => {
  const { held, followers, singles, burst, withinMs = WITHIN_MS } = size;
  const connections: Connection[] = [];
  let [askedIn, openedIn] = [0, 0];
  while (connections.length < held) {
    const first = connections.length;
    const some = Math.min(A_WAVE, held - first);
    const asking = performance.now();
    const addresses = await together(some, AT_ONCE, (nth) => room.address(first + nth));
    const opening = performance.now();
    connections.push(...(await together(some, AT_ONCE, (nth) => connected(addresses[nth] ?? ''))));
    askedIn += (opening - asking) / 1_000;
    openedIn += seconds(opening);
  }
  try {
    const listeners = connections.slice(0, followers);
    const following = performance.now();
    await together(followers, AT_ONCE, async (nth) => {
      const listener = listeners[nth];
      if (listener) await room.follow(listener, nth);
    });
    const followedIn = seconds(following);

    const say = async (nth: number): Promise<Said> => {
      const speaker = listeners[nth % SPEAKERS];
      if (!speaker) throw new RangeError(`there is no speaker ${nth}`);
      const mark = markOf(marks);
      marks += 1;
      const said = performance.now();
      await room.say(speaker, mark);
      return { mark, said, accepted: performance.now() };
    };
    const alone: Said[] = [];
    for (let nth = 0; nth < singles; nth += 1) {
      const one = await say(nth);
      await heardBy(listeners, [one], withinMs);
      alone.push(one);
    }
    const before = workedMs();
    const bursting = performance.now();
    // A connection has one answer at a time, as a person says one thing after the other.
    const atOnce = await together(SPEAKERS, SPEAKERS, async (speaker) => {
      const own: Said[] = [];
      for (let nth = speaker; nth < burst; nth += SPEAKERS) own.push(await say(nth));
      return own;
    }).then((all) => all.flat());
    await heardBy(listeners, atOnce, withinMs);
    const worked = workedMs() - before;
    const times = atOnce.flatMap(({ mark }) => listeners.flatMap(({ heard }) => heard.get(mark) ?? []));
    const since = (of: 'said' | 'accepted') =>
      alone.flatMap((one) =>
        listeners.flatMap(({ heard }) => {
          const at = heard.get(one.mark);
          return at === undefined ? [] : [Math.max(0, at - one[of])];
        }),
      );
    const fromSaid = since('said');
    return {
      open: connections.filter((one) => one.isOpen()).length,
      opened: held / openedIn,
      followed: followers / followedIn,
      tickets: held / askedIn,
      ...{ fromSaid, fromAccepted: since('accepted') },
      pushed: (times.length / (Math.max(...times) - bursting)) * 1_000,
      missed: (singles + burst) * followers - fromSaid.length - times.length,
      emulatorMs: worked / times.length,
    };
  } finally {
    for (const one of connections) one.close();
  }
};

interface Said {
  readonly mark: string;
  readonly said: number;
  readonly accepted: number;
}

const seconds = (since: number): number => (performance.now() - since) / 1_000;

/** Until all have heard all of it, or had their time; who has not is counted. */
const heardBy = (
  listeners: readonly Connection[],
  all: readonly Said[],
  timeoutMs: number,
): Promise<unknown> =>
  waitFor(() => listeners.every(({ heard }) => all.every(({ mark }) => heard.has(mark))), {
    ...{ what: 'all to hear', timeoutMs, everyMs: 10 },
  }).catch(() => undefined);
