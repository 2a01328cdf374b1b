/**
 * A connection that is there again after it broke off, for browsers and Node. Commands are sent again under the same id until
 * they are answered, which is safe because every command of the house is.
 */
import { RemoteProblem } from '../http/remote-problem.ts';
import { jsonOf } from '../json/index.ts';
import { type Chance, fullJitterMs } from '../time/backoff.ts';
import { AckFrame, ErrorFrame } from './contract.ts';

/** What is used of a WebSocket: the browser's, Node's, or a test's. */
export interface SocketLike {
  send(text: string): void;
  close(): void;
  addEventListener(
    type: 'open' | 'message' | 'close' | 'error',
    listener: (event: { data?: unknown }) => void,
  ): void;
}

/** Does something later; answers how to do it never. */
export type Later = (ms: number, work: () => void) => () => void;

export interface LiveOptions {
  /**
   * Where to connect, with a ticket in it; asked for at each try. What it throws that says `retryable: false` ends the
   * connection for good.
   */
  readonly address: () => Promise<string>;
  /** `(address) => new WebSocket(address)` */
  readonly open: (address: string) => SocketLike;
  /** A frame that is no answer to a command. */
  readonly onFrame: (frame: { readonly [field: string]: unknown }) => void;
  /** The connection is open, for the first time or again. */
  readonly onOpen?: () => void;
  /** It has broken off; it is tried again. */
  readonly onCut?: () => void;
  /** So long an answer is waited for before a command is sent again, or the connection taken for dead. @default 10000 */
  readonly answerMs?: number;
  /** @default crypto.randomUUID */
  readonly newId?: () => string;
  /** @default Math.random */
  readonly chance?: Chance;
  /** @default setTimeout */
  readonly later?: Later;
}

export interface Live {
  /**
   * Asks, and answers what the acknowledgement says.
   * @throws {RemoteProblem} by the name that the other side gave it
   * @throws {ConnectionClosedError} it was closed, by us or for good
   */
  ask<A>(type: string, payload: unknown): Promise<A>;
  close(): void;
}

/** The connection was closed before there was an answer; what was asked may have happened. */
export class ConnectionClosedError extends Error {
  override readonly name = 'ConnectionClosedError';
}

const ANSWER_MS = 10_000;
const OPEN_MS = 10_000;
/** How often a command is sent over one connection that says nothing to it. */
const MOST_TRIES = 2;

interface Asked {
  readonly text: string;
  readonly resolve: (answer: never) => void;
  readonly reject: (error: Error) => void;
  tries: number;
  stop: () => void;
}

/** By the clock of the machine. */
export const timer: Later = (ms, work) => {
  const handle = setTimeout(work, ms);
  return () => clearTimeout(handle);
};

/** Opens a connection, and keeps one open until it is closed. */
export const live = ({
  address,
  open,
  onFrame,
  onOpen = () => undefined,
  onCut = () => undefined,
  answerMs = ANSWER_MS,
  newId = () => crypto.randomUUID(),
  chance = Math.random,
  later = timer,
}: LiveOptions): Live => {
  const unanswered = new Map<string, Asked>();
  let socket: SocketLike | undefined;
  /** Takes the connection that there is for over. */
  let cut: () => void = () => undefined;
  let isOpen = false;
  let isClosed = false;
  let failures = 0;

  const send = (asked: Asked) => {
    asked.stop();
    if (!isOpen || !socket) return;
    asked.tries += 1;
    if (asked.tries > MOST_TRIES) return cut(); // it is dead; the next one is asked anew
    socket.send(asked.text);
    asked.stop = later(answerMs, () => send(asked));
  };

  const received = (text: unknown) => {
    const frame = typeof text === 'string' ? jsonOf(text) : undefined;
    if (typeof frame !== 'object' || frame === null) return;
    const ack = AckFrame.safeParse(frame).data;
    const error = ack ? undefined : ErrorFrame.safeParse(frame).data;
    const id = ack?.id ?? error?.id;
    const asked = id === undefined ? undefined : unanswered.get(id);
    if (id === undefined || asked === undefined) {
      // A second answer to what was sent twice is no news.
      if (!ack && !error) onFrame(frame as { readonly [field: string]: unknown });
      return;
    }
    asked.stop();
    unanswered.delete(id);
    if (ack) asked.resolve(ack.payload as never);
    else if (error) asked.reject(problemIn(error));
  };

  const connect = async () => {
    if (isClosed) return;
    try {
      const to = await address();
      if (!isClosed) begin(open(to));
    } catch (error) {
      if ((error as { retryable?: unknown }).retryable === false) end(error as Error);
      else again();
    }
  };

  const begin = (made: SocketLike) => {
    socket = made;
    // Each connection ends once, whether it says `error`, `close`, both, or nothing.
    let isOver = false;
    const over = () => {
      if (isOver) return;
      isOver = true;
      stop();
      made.close();
      if (socket !== made) return;
      const wasOpen = isOpen;
      isOpen = false;
      socket = undefined;
      for (const asked of unanswered.values()) asked.stop();
      if (wasOpen) onCut();
      again();
    };
    cut = over;
    const stop = later(OPEN_MS, over);
    made.addEventListener('open', () => {
      if (isOver) return;
      stop();
      isOpen = true;
      failures = 0;
      for (const asked of unanswered.values()) {
        asked.tries = 0;
        send(asked);
      }
      onOpen();
    });
    made.addEventListener('message', ({ data }) => {
      if (!isOver) received(data);
    });
    made.addEventListener('close', over);
    made.addEventListener('error', over);
  };

  const again = () => {
    if (isClosed) return;
    failures += 1;
    later(fullJitterMs(failures, chance, { baseMs: 250, capMs: 10_000 }), () => void connect());
  };

  const end = (cause?: Error) => {
    isClosed = true;
    const last = socket;
    socket = undefined;
    isOpen = false;
    last?.close();
    for (const asked of unanswered.values()) {
      asked.stop();
      asked.reject(cause ?? new ConnectionClosedError('the connection was closed'));
    }
    unanswered.clear();
  };

  void connect();
  return {
    ask: (type, payload) =>
      new Promise((resolve, reject) => {
        if (isClosed) return reject(new ConnectionClosedError('the connection is closed'));
        const id = newId();
        const text = JSON.stringify({ type, id, payload });
        const asked: Asked = { text, resolve, reject, tries: 0, stop: () => undefined };
        unanswered.set(id, asked);
        send(asked);
      }),
    close: () => end(),
  };
};

const problemIn = ({ error }: ErrorFrame): RemoteProblem =>
  new RemoteProblem(error.status, error, error.retryAfterSeconds);
