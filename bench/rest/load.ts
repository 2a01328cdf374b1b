/** Fires requests at an address by autocannon. */
import autocannon from 'autocannon';

export interface Target {
  readonly url: string;
  readonly method: 'GET' | 'POST';
  readonly body?: string;
  /** For each connection, who asks over it: the headers of their next request. */
  readonly asker: () => () => Readonly<Record<string, string>>;
}

/** How a round went. */
export interface Shots {
  /** Answers a second. */
  readonly rate: number;
  /** In milliseconds. */
  readonly p50: number;
  readonly p99: number;
  /** Answers other than 2xx, and requests without one. */
  readonly errors: number;
}

/** A round, and what the emulator needed for it. */
export interface Round extends Shots {
  /** Milliseconds of a processor that the emulator worked for each request; NaN where no /proc tells. */
  readonly emulatorMs: number;
  /** In hundredths of a core. */
  readonly emulatorBusy: number;
}

/** So many requests over so many connections, each of which asks again once it is answered. */
export const fire = (
  { url, method, body, asker }: Target,
  { amount, connections }: { readonly amount: number; readonly connections: number },
): Promise<Shots> => {
  const setupClient = (client: autocannon.Client) => {
    const headers = asker();
    client.setRequests([
      {
        method,
        ...(body === undefined ? {} : { body }),
        setupRequest: (request) => ({ ...request, headers: headers() }),
      },
    ]);
  };
  return new Promise((resolve, reject) => {
    const started = performance.now();
    let last = started;
    const options = { url, amount, connections, timeout: 60, setupClient };
    const firing = autocannon(options, (error: Error | null, { errors, non2xx, latency }) => {
      if (error) return reject(error);
      const { p50, p99 } = latency;
      resolve({ rate: (amount / (last - started)) * 1_000, p50, p99, errors: errors + non2xx });
    });
    // Its own duration is in whole seconds.
    firing.on('response', () => {
      last = performance.now();
    });
  });
};
