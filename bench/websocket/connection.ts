/** One end of a WebSocket in the driver: what came over it, and when. */
import { WebSocket } from 'ws';

/** By this a message is known again wherever it comes out. */
export const MARK = /mark-\d+/;
export const markOf = (number: number): string => `mark-${number}`;

export interface Connection {
  readonly isOpen: () => boolean;
  readonly send: (text: string) => void;
  /** When each mark came first, by `performance.now`. */
  readonly heard: ReadonlyMap<string, number>;
  /** The next frame without a mark; a question has one of them as its answer. */
  readonly answer: () => Promise<string>;
  /** Frames in both directions until now. */
  readonly frames: () => number;
  readonly close: () => void;
}

/** So long a handshake, and an answer, may take. */
const WITHIN_MS = 30_000;

/** @throws {Error} it was refused, or not answered in time */
export const connected = (url: string): Promise<Connection> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { perMessageDeflate: false, handshakeTimeout: WITHIN_MS });
    const heard = new Map<string, number>();
    const answers: string[] = [];
    let frames = 0;
    let waiting: ((text: string) => void) | undefined;
    socket.once('error', reject);
    socket.on('message', (data) => {
      // What still comes while it closes nobody hears.
      if (socket.readyState !== WebSocket.OPEN) return;
      const at = performance.now();
      frames += 1;
      const text = String(data);
      const mark = MARK.exec(text)?.[0];
      if (mark !== undefined) {
        if (!heard.has(mark)) heard.set(mark, at);
      } else if (waiting) waiting(text);
      else answers.push(text);
    });
    socket.once('open', () => {
      socket.off('error', reject);
      socket.on('error', () => undefined); // its close follows, and is what counts
      resolve({
        isOpen: () => socket.readyState === WebSocket.OPEN,
        send(text) {
          frames += 1;
          socket.send(text);
        },
        frames: () => frames,
        heard,
        answer: () =>
          new Promise((told, late) => {
            const found = answers.shift();
            if (found !== undefined) return told(found);
            const end = setTimeout(() => late(new Error('no answer in time')), WITHIN_MS);
            waiting = (text) => {
              clearTimeout(end);
              waiting = undefined;
              told(text);
            };
          }),
        close: () => socket.close(),
      });
    });
  });
