import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { client, defineRoute } from '../http/index.ts';
import type { Now } from '../time/index.ts';
import { secretsClient } from './clients.ts';
import { env } from './env.ts';
import { peer } from './peers.ts';

/** What we use of identity's token door; its contract says the whole. */
const tokenRoute = defineRoute({
  name: 'token',
  method: 'POST',
  path: '/token',
  summary: 'Exchanges the secret of a client for a token.',
  access: { public: 'It is where a secret becomes a token.' },
  request: { body: z.object({ client: z.string(), secret: z.string(), audience: z.string() }) },
  answers: { 200: z.object({ accessToken: z.string(), expiresInSeconds: z.number() }) },
  errors: [],
});

interface Token {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
}

export interface TokenPorts {
  /** Exchanges our secret for a token that speaks to a system. */
  readonly exchange: (audience: string) => Promise<Token>;
  readonly now: Now;
}

/** A token is renewed so long before it ends, so that it does not end on the way. */
const EARLY_MS = 60_000;

/** A token for a system; `refused` is one that the system did not take, and is forgotten. */
export type TokenOf = (system: string, refused?: string) => Promise<string>;

/** Remembers a token for each system until shortly before it ends; calls at the same moment share one exchange. */
export const tokens = ({ exchange, now }: TokenPorts): TokenOf => {
  const known = new Map<string, { readonly until: number; readonly token: Promise<string> }>();
  const renewed = (system: string): Promise<string> => {
    const token = exchange(system).then(
      ({ accessToken, expiresInSeconds }) => {
        known.set(system, { until: now().getTime() + expiresInSeconds * 1000 - EARLY_MS, token });
        return accessToken;
      },
      (error: unknown) => {
        known.delete(system); // the next call asks again
        throw error;
      },
    );
    known.set(system, { until: Number.POSITIVE_INFINITY, token });
    return token;
  };
  return async (system, refused) => {
    const found = known.get(system);
    if (!found || found.until <= now().getTime()) return renewed(system);
    const token = await found.token;
    if (token !== refused) return token;
    // Others may have been refused with the same one, and the first of them has renewed it.
    const later = known.get(system)?.token;
    return later === undefined || later === found.token ? renewed(system) : later;
  };
};

/** The secret may be read again and again: asking for the same token twice does no harm. */
const exchangeSecret = async (audience: string): Promise<Token> => {
  const { SecretString: secret = '' } = await secretsClient().send(
    new GetSecretValueCommand({ SecretId: env('CLIENT_SECRET_ARN') }),
  );
  const identity = client({ baseUrl: () => peer('identity'), peer: 'identity' }, { token: tokenRoute });
  const { body } = await identity.token({
    body: { client: env('SYSTEM'), secret, audience },
    // Not read by the door; it tells the client that the call may be made again.
    idempotencyKey: 'token',
  });
  return body;
};

let ours: ReturnType<typeof tokens> | undefined;

/**
 * The token with which this system calls another: our own client secret, exchanged at identity.
 *
 * @example
 * client({ baseUrl: () => peer('sandbox-bank'), token: (refused) => serviceToken('sandbox-bank', refused) }, routes);
 *
 * @throws {PeerMissingError} identity is not deployed (yet); a retry can help
 * @throws {PeerUnavailableError} identity does not answer; a retry can help
 * @throws {RemoteProblem} named UnauthenticatedError: the secret is not ours; a retry cannot help
 */
export const serviceToken: TokenOf = (system, refused) => {
  ours ??= tokens({ exchange: exchangeSecret, now: () => new Date() });
  return ours(system, refused);
};
