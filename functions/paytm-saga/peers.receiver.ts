/** Calls to the systems of payers. They are strangers, and so is whoever wrote their address. */
import type { LookupAddress } from 'node:dns';
import { lookup as lookupHost } from 'node:dns/promises';
import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { LookupFunction } from 'node:net';
import { inSpanOf, remainingMs } from '../../shared/tracing/index.ts';
import { reachOf } from './domain/addresses.ts';
import {
  CallbackForbiddenError,
  CallbackUnansweredError,
  mayBeCalled,
  type Receiver,
} from './domain/callback.ts';

/** Over everything: the name, the connection, the answer. */
const DEADLINE_MS = 5_000;
/** So much of an answer is read, and thrown away, before we hang up. */
const MOST_BYTES = 1_024;

export interface ReceiverOptions {
  /** Whether this machine may be called, by plain http too: for a city on a laptop alone. */
  readonly loopback: boolean;
  /** All addresses of a name. @default the resolver of the machine */
  readonly resolve?: (host: string) => Promise<readonly LookupAddress[]>;
  /** @default 5000 */
  readonly deadlineMs?: number;
}

/** Whether the stack says that payers may name this machine; it says so in a local city, and never on AWS. */
export const loopbackCallbacks = (): boolean => process.env.LOOPBACK_CALLBACKS === 'allowed';

/**
 * A receiver over HTTP. A name is resolved once, every address of it has to be one of the internet, and the connection
 * is made to those very addresses: a name that says something else a moment later (DNS rebinding) changes nothing.
 */
export const receiverOverHttp = ({
  loopback,
  resolve = (host) => lookupHost(host, { all: true }),
  deadlineMs = DEADLINE_MS,
}: ReceiverOptions): Receiver => ({
  async post(url, call) {
    mayBeCalled(url, { loopback });
    const host = url.hostname;
    const span = { name: 'callback', kind: 'client', attributes: { host } } as const;
    return inSpanOf(span, async ({ note }) => {
      const signal = AbortSignal.timeout(Math.min(deadlineMs, remainingMs()));
      const addresses = await reached(host, signal, before(signal, resolve(host.replace(/^\[|\]$/g, ''))));
      const isOurs = (one: LookupAddress) => loopback && reachOf(one.address) === 'loopback';
      const isPublic = (one: LookupAddress) => url.protocol === 'https:' && reachOf(one.address) === 'public';
      if (addresses.length === 0 || !addresses.every((one) => isOurs(one) || isPublic(one))) {
        throw new CallbackForbiddenError({ host, because: 'address' });
      }
      const status = await reached(host, signal, posted(url, { ...call, addresses, signal }));
      note({ 'http.response.status_code': status });
      return status;
    });
  },
});

/** Whatever the network says of a stranger, in our words. */
const reached = async <T>(host: string, signal: AbortSignal, work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (cause) {
    const { code, name } = cause as NodeJS.ErrnoException;
    const reason = signal.aborted ? 'TimeoutError' : (code ?? name);
    throw new CallbackUnansweredError({ host, reason }, { cause });
  }
};

/** Names cannot be called off, so nobody waits for them any longer. */
const before = <T>(signal: AbortSignal, work: Promise<T>): Promise<T> =>
  Promise.race([
    work,
    new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
    }),
  ]);

interface Posting {
  readonly headers: { readonly [name: string]: string };
  readonly body: string;
  readonly addresses: readonly LookupAddress[];
  readonly signal: AbortSignal;
}

/** Over a connection of its own: a kept one could be to an address that was good for another name. */
const posted = (url: URL, { headers, body, addresses, signal }: Posting): Promise<number> =>
  new Promise((resolve, reject) => {
    const options = {
      method: 'POST',
      agent: false,
      signal,
      lookup: only(addresses),
      headers: {
        ...headers,
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'dabbawala-paytm-saga',
      },
    };
    // The status is the answer, however its body ends.
    let status: number | undefined;
    const read = (response: IncomingMessage) => {
      status = response.statusCode ?? 0;
      response.once('close', () => resolve(response.statusCode ?? 0));
      let bytes = 0;
      response.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > MOST_BYTES) response.destroy();
      });
    };
    const request =
      url.protocol === 'https:' ? requestHttps(url, options, read) : requestHttp(url, options, read);
    request.on('error', (error) => (status === undefined ? reject(error) : resolve(status)));
    request.end(body);
  });

/** A resolver that knows one answer. */
const only =
  (addresses: readonly LookupAddress[]): LookupFunction =>
  (_host, { all }, done) => {
    const [first] = addresses;
    if (all === true) done(null, [...addresses]);
    else done(null, first?.address ?? '', first?.family);
  };
