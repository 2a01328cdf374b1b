/**
 * Opens WebSocket connections and keeps them, told by its parent: `{ url, count, atOnce, withinMs }` opens so many, and
 * is answered with {@link Opened}; they are closed when this process ends. A process of its own, since descriptors are
 * counted by process. Plain sockets that shake hands: a client for messages would cost more than what is measured.
 */
import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

export interface Order {
  /** `http://…`: what is asked to upgrade. */
  readonly url: string;
  readonly count: number;
  /** How many shake hands at a time. */
  readonly atOnce: number;
  /** When it stops opening more. */
  readonly withinMs: number;
}

export interface Opened {
  readonly open: number;
  readonly failed: number;
  readonly seconds: number;
}

const KEY_BYTES = 16;
const HANDSHAKE_MS = 60_000;

/** @throws {Error} it was answered otherwise, closed, or not answered in time */
const open = ({ hostname, port, pathname }: URL): Promise<Socket> =>
  new Promise((resolve, reject) => {
    const socket = connect({ host: hostname, port: Number(port), timeout: HANDSHAKE_MS });
    const fail = (why: string) => {
      socket.destroy();
      reject(new Error(why));
    };
    socket.once('connect', () =>
      socket.write(
        `GET ${pathname} HTTP/1.1\r\nHost: ${hostname}:${port}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
          `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${randomBytes(KEY_BYTES).toString('base64')}\r\n\r\n`,
      ),
    );
    socket.once('data', (answer) => {
      if (!answer.toString('latin1').startsWith('HTTP/1.1 101')) return fail('not upgraded');
      socket.setTimeout(0);
      resolve(socket);
    });
    socket.once('timeout', () => fail('no answer in time'));
    socket.once('error', ({ message }) => fail(message));
    socket.once('close', () => fail('closed'));
  });

const openAll = async ({ url, count, atOnce, withinMs }: Order): Promise<Opened> => {
  const started = performance.now();
  const sockets = new Set<Socket>();
  let begun = 0;
  let failed = 0;
  const opener = async () => {
    while (begun < count && performance.now() - started < withinMs) {
      begun++;
      try {
        const socket = await open(new URL(url));
        sockets.add(socket);
        socket.on('error', () => undefined); // its close follows, and is what counts
        socket.once('close', () => sockets.delete(socket));
        socket.resume();
      } catch {
        failed++;
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, opener));
  // One that was closed again does not count.
  return { open: sockets.size, failed, seconds: (performance.now() - started) / 1_000 };
};

process.once('message', (order) => {
  void openAll(order as Order).then((opened) => process.send?.(opened));
});
// The sockets go with it.
process.once('disconnect', () => process.exit());
