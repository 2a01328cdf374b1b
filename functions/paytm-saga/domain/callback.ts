/** What a payer's system is told when its payment has ended, how it knows that it is we who tell, and what it answers. */
import { createHmac } from 'node:crypto';
import { HouseError } from '../../../shared/errors/index.ts';
import { type Callback, callbackRules, type UserId } from '../contract.ts';
import type { Payment } from './payment.ts';

// Errors of callbacks stand here: they go into letters for operators, and no door or record shows them to a payer. Of
// the address they tell the host alone; path and query may hold what a receiver knows its caller by.

/** The address is one that we call for nobody: another scheme, credentials in it, a port or a machine that is not theirs. */
export class CallbackForbiddenError extends HouseError<{
  host: string;
  because: 'scheme' | 'credentials' | 'port' | 'address';
}> {
  override readonly name = 'CallbackForbiddenError';
}

/** The receiver said no, and would say it again. A retry cannot help, until somebody mends it there. */
export class CallbackRefusedError extends HouseError<{ host: string; status: number }> {
  override readonly name = 'CallbackRefusedError';
}

/** The receiver did not answer, or not that it has it. It may have it all the same; a retry can help. */
export class CallbackUnansweredError extends HouseError<{ host: string; status?: number; reason?: string }> {
  override readonly name = 'CallbackUnansweredError';
  override readonly retryable = true;
}

/** A payer's system, somewhere on the internet. */
export interface Receiver {
  /**
   * POSTs a body and answers the status; nothing else of the answer is looked at, and no redirect followed.
   * @throws {CallbackForbiddenError} nothing was sent; a retry cannot help
   * @throws {CallbackUnansweredError} no answer in time; it may have arrived
   */
  post(url: URL, call: { headers: { readonly [name: string]: string }; body: string }): Promise<number>;
}

/**
 * Passes an address that may be called as far as its text tells. Plain http only where loopback may be called.
 * @throws {CallbackForbiddenError} it may not
 */
export const mayBeCalled = (url: URL, { loopback }: { loopback: boolean }): void => {
  const forbidden = (because: CallbackForbiddenError['facts']['because']) =>
    new CallbackForbiddenError({ host: url.hostname, because });
  if (!callbackRules.scheme(url) || (url.protocol === 'http:' && !loopback)) throw forbidden('scheme');
  if (!callbackRules.credentials(url)) throw forbidden('credentials');
  if (!callbackRules.port(url)) throw forbidden('port');
};

/** What is told of an ending. */
export const callbackOf = (
  { id, reference, amount }: Pick<Payment, 'id' | 'reference' | 'amount'>,
  ending: { event: string; at: string; status: Callback['data']['status'] },
): Callback => ({
  type: `payment.${ending.status}`,
  timestamp: ending.at,
  data: { event: ending.event, payment: id, reference, status: ending.status, amount, currency: 'INR' },
});

/**
 * The key of one payer's callbacks, made of the system's secret: a receiver that knows its own can forge nobody
 * else's, and none has to be kept.
 */
export const keyOf = (secret: string, payer: UserId): Buffer =>
  createHmac('sha256', secret).update(payer).digest();

/**
 * The headers of Standard Webhooks 1.0.0 (https://www.standardwebhooks.com), symmetric: HMAC-SHA256 over
 * `<id>.<seconds>.<body>`, so that its libraries verify it. The id is the same at every attempt, the time is not.
 */
export const signed = (
  key: Buffer,
  { id, at, body }: { id: string; at: Date; body: string },
): { readonly [name: string]: string } => {
  const seconds = String(Math.floor(at.getTime() / 1000));
  const signature = createHmac('sha256', key).update(`${id}.${seconds}.${body}`).digest('base64');
  return {
    'webhook-id': id,
    'webhook-timestamp': seconds,
    'webhook-signature': `v1,${signature}`,
  };
};

/** Answers of 4xx that say "not now" instead of "no": Request Timeout, Too Early, Too Many Requests. */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429]);

/**
 * Passes an answer that says that the receiver has it: 2xx. A redirect is a failure, as any other.
 * @throws {CallbackRefusedError} 4xx, but for {@link NOT_NOW}
 * @throws {CallbackUnansweredError} any other
 */
export const taken = (host: string, status: number): void => {
  if (status >= 200 && status < 300) return;
  if (status >= 400 && status < 500 && !NOT_NOW.has(status)) throw new CallbackRefusedError({ host, status });
  throw new CallbackUnansweredError({ host, status });
};
