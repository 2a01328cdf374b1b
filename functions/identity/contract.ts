/**
 * What may come in and go out of identity: the one place where a secret becomes a token, and where the key that
 * tokens are verified with is published.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { issueRoutes } from './contract.issue.ts';
import { sessionRoutes } from './contract.sessions.ts';
import { SystemName, TokenAnswer } from './contract.token.ts';

export * from './contract.issue.ts';
export * from './contract.sessions.ts';
export * from './contract.token.ts';

/** Who signs every token of the city (`iss`). */
export const ISSUER = 'dabbawala-identity';

/** A public key of the P-256 curve, as RFC 7517 writes it. */
export const PublicJwk = z.object({
  kty: z.literal('EC'),
  crv: z.literal('P-256'),
  x: z.string(),
  y: z.string(),
  kid: z.string(),
  alg: z.literal('ES256'),
  use: z.literal('sig'),
});
export type PublicJwk = z.infer<typeof PublicJwk>;
export const Jwks = z.object({ keys: z.array(PublicJwk) });

export const TokenRequest = z.strictObject({
  /** `operator`, or the system that calls. */
  client: SystemName,
  secret: z.string().min(1).max(256),
  audience: SystemName,
});
export type TokenRequest = z.infer<typeof TokenRequest>;

/**
 * A change that breaks callers raises the first number; `npm run generate` asks for it.
 * @public read by functions/openapi.ts
 */
export const api = {
  version: '1.2.0',
  summary: 'Who is who: a secret, or the word of an operator or a system, becomes a short-lived token.',
};

export const routes = {
  token: defineRoute({
    name: 'token',
    method: 'POST',
    path: '/token',
    summary: 'Exchanges the secret of a client (a system, or the operator) for a short-lived token.',
    access: { public: 'It is where a secret becomes a token; the caller cannot have a token yet.' },
    request: { body: TokenRequest },
    answers: { 200: TokenAnswer },
    errors: [],
  }),
  ...issueRoutes,
  ...sessionRoutes,
  jwks: defineRoute({
    name: 'jwks',
    method: 'GET',
    path: '/.well-known/jwks.json',
    summary: 'The public half of the signing key, for whoever verifies tokens.',
    access: { public: 'Public keys are public; the authorizer reads them before it can verify anybody.' },
    request: {},
    answers: { 200: Jwks },
    errors: [],
  }),
} as const;
