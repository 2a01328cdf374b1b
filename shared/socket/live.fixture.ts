/** Test help: sockets that a test opens, cuts and answers, and a clock that only it moves. */
import type { Later, SocketLike } from './live.ts';

type Kind = 'open' | 'message' | 'close' | 'error';

export interface FakeSocket extends SocketLike {
  readonly address: string;
  readonly sent: { readonly type: string; readonly id: string; readonly payload: never }[];
  /** Whether one of the two sides has ended it. */
  isOver(): boolean;
  /** The other side's doings. */
  opens(): void;
  says(frame: object | string): void;
  cuts(how?: 'close' | 'error'): void;
}

export const fakeSocket = (
  address: string,
  onSent: (socket: FakeSocket) => void = () => undefined,
): FakeSocket => {
  const listeners: { kind: Kind; listener: (event: { data?: unknown }) => void }[] = [];
  const tell = (kind: Kind, event: { data?: unknown } = {}) => {
    for (const one of listeners) if (one.kind === kind) one.listener(event);
  };
  let over = false;
  const socket: FakeSocket = {
    address,
    sent: [],
    isOver: () => over,
    send(text) {
      if (over) return;
      socket.sent.push(JSON.parse(text));
      onSent(socket);
    },
    close() {
      over = true;
    },
    addEventListener(kind: Kind, listener: (event: { data?: unknown }) => void) {
      listeners.push({ kind, listener });
    },
    opens: () => tell('open'),
    says: (frame) => {
      if (!over) tell('message', { data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
    },
    cuts(how = 'close') {
      over = true;
      tell(how);
    },
  };
  return socket;
};

/** Does what is due, in order, when it is told that time has passed. */
export const fakeLater = (): { readonly later: Later; pass(ms: number): Promise<void> } => {
  let now = 0;
  let count = 0;
  const due = new Map<number, { at: number; work: () => void }>();
  const settle = async () => {
    for (let n = 0; n < 20; n += 1) await Promise.resolve();
  };
  return {
    later(ms, work) {
      count += 1;
      const id = count;
      due.set(id, { at: now + ms, work });
      return () => void due.delete(id);
    },
    async pass(ms) {
      await settle();
      const until = now + ms;
      for (;;) {
        const [next] = [...due].filter(([, { at }]) => at <= until).sort(([, a], [, b]) => a.at - b.at);
        if (!next) break;
        const [id, { at, work }] = next;
        due.delete(id);
        now = at;
        work();
        await settle();
      }
      now = until;
    },
  };
};
