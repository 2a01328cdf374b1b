/**
 * What may come in and go out of identity: the one place where a secret becomes a token, and where the key that
 * tokens are verified with is published.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { sessionRoutes } from './contract.sessions.ts';
import { SystemName, TokenAnswer } from './contract.token.ts';

export * from './contract.sessions.ts';
export * from './contract.token.ts';

/** Who signs every token of the city (`iss`). */
export const ISSUER = 'dabbawala-identity';

/**
 * Roles that an operator may give to a subject, and a system some of them. A `viewer` sees what an operator sees in the
 * console, and changes nothing. `operator` and `service` come only from a client secret.
 */
export const IssuableRole = z.enum(['customer', 'merchant', 'rider', 'kitchen', 'viewer']);
export type IssuableRole = z.infer<typeof IssuableRole>;

/** Whom a token speaks for (`sub`): a user, merchant or rider by its id. */
export const Subject = z.string().regex(/^[A-Za-z0-9_.-]{1,80}$/, {
  error: phrase({
    en: '1 to 80 English letters, digits or _.-',
    hi: '1 से 80 अंग्रेज़ी अक्षर, अंक या _.-',
  }),
});

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

export const IssueRequest = z.strictObject({
  subject: Subject,
  roles: z.array(IssuableRole).min(1).max(4),
  audience: SystemName,
});
export type IssueRequest = z.infer<typeof IssueRequest>;

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
  issue: defineRoute({
    name: 'issue',
    method: 'POST',
    path: '/tokens',
    summary:
      'Issues a token for a subject, on behalf of an operator; or of a system, for its own customers, kitchens and riders and for itself alone. Every issue is logged.',
    access: { roles: ['operator', 'service'] },
    request: { body: IssueRequest },
    answers: { 200: TokenAnswer },
    errors: [],
  }),
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
