import { GetSecretValueCommand } from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { client, defineRoute } from '../http/index.ts';
import { secretsClient } from './clients.ts';
import { env } from './env.ts';
import { peer } from './peers.ts';

/** Identity's door for clients, as far as a caller of it is concerned; the whole of it is in identity's contract. */
const routes = {
  token: defineRoute({
    name: 'token',
    method: 'POST',
    path: '/token',
    summary: 'Exchanges our secret for a token.',
    access: { public: 'It is where a secret becomes a token.' },
    request: { body: z.object({ client: z.string(), secret: z.string(), audience: z.string() }) },
    answers: { 200: z.object({ accessToken: z.string(), expiresInSeconds: z.number().positive() }) },
    errors: [],
  }),
};

/** A token is renewed so long before it ends, so that it does not end on its way. */
const RENEW_BEFORE_MS = 60_000;

const known = new Map<string, { readonly token: string; readonly untilMs: number }>();

/**
 * A token with which this system calls another one: its own secret (CLIENT_SECRET_ARN), exchanged at identity and
 * remembered for as long as it is good.
 *
 * @throws {PeerMissingError} identity is not deployed (yet); a retry can help
 * @throws {PeerUnavailableError} identity did not answer; a retry can help
 * @throws {RemoteProblem} identity does not know our secret: a defect of the deployment
 */
export const serviceToken = async (audience: string): Promise<string> => {
  const found = known.get(audience);
  if (found && found.untilMs > Date.now()) return found.token;
  const identity = client({ baseUrl: () => peer('identity'), peer: 'identity' }, routes);
  const { SecretString: secret = '' } = await secretsClient().send(
    new GetSecretValueCommand({ SecretId: env('CLIENT_SECRET_ARN') }),
  );
  const { body } = await identity.token({ body: { client: env('SYSTEM'), secret, audience } });
  const untilMs = Date.now() + body.expiresInSeconds * 1000 - RENEW_BEFORE_MS;
  known.set(audience, { token: body.accessToken, untilMs });
  return body.accessToken;
};
