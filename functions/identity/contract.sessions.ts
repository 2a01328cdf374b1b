/**
 * How a person comes into the console without a password: an operator has a one-time code made, whoever opens the page
 * with it has a session, and the session gets short-lived tokens for as long as it lasts.
 */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { SystemName, TokenAnswer } from './contract.token.ts';

/** What somebody in the console may do: act as the operator, or only look. */
export const ConsoleRole = z.enum(['operator', 'viewer']);
export type ConsoleRole = z.infer<typeof ConsoleRole>;

/** A code is worth this long, and once. */
export const CODE_SECONDS = 5 * 60;
/** After a working day somebody signs in again. */
export const SESSION_SECONDS = 12 * 60 * 60;

/** At least 256 bits by chance, in base64url. */
const Unguessable = z.string().regex(/^[A-Za-z0-9_-]{43,128}$/, {
  error: phrase({
    en: '43 to 128 letters, digits, _ or -, at least 256 bits by chance',
    hi: '43 से 128 अक्षर, अंक, _ या -, कम से कम 256 बिट यादृच्छिक',
  }),
});

export const CodeRequest = z.strictObject({ role: ConsoleRole });
export type CodeRequest = z.infer<typeof CodeRequest>;
export const CodeAnswer = z.object({
  /** It goes into the part of an address behind `#`, which no browser sends and no server logs. */
  code: z.string(),
  expiresInSeconds: z.number().int().positive(),
});
export type CodeAnswer = z.infer<typeof CodeAnswer>;

export const SessionRequest = z.strictObject({
  code: Unguessable,
  /** What the page has drawn by itself and keeps: the session is whose secret this is. */
  secret: Unguessable,
});
export type SessionRequest = z.infer<typeof SessionRequest>;
export const SessionAnswer = z.object({ role: ConsoleRole, endsAt: z.iso.datetime() });
export type SessionAnswer = z.infer<typeof SessionAnswer>;

export const SessionTokenRequest = z.strictObject({ secret: Unguessable, audience: SystemName });
export type SessionTokenRequest = z.infer<typeof SessionTokenRequest>;
export const EndSession = z.strictObject({ secret: Unguessable });
export type EndSession = z.infer<typeof EndSession>;

const forASecret = { public: 'It is where a secret becomes a token; the caller cannot have a token yet.' };

export const sessionRoutes = {
  createCode: defineRoute({
    name: 'create-code',
    method: 'POST',
    path: '/codes',
    summary: 'Makes a one-time code by which a browser signs in to the console within five minutes.',
    access: { roles: ['operator'] },
    request: { body: CodeRequest },
    answers: { 201: CodeAnswer },
    errors: [],
  }),
  openSession: defineRoute({
    name: 'open-session',
    method: 'POST',
    path: '/sessions',
    summary:
      'Turns a one-time code into a session of twelve hours. The same secret again gets the same answer; another one finds the code used up.',
    access: forASecret,
    request: { body: SessionRequest },
    answers: { 201: SessionAnswer },
    errors: [],
  }),
  sessionToken: defineRoute({
    name: 'session-token',
    method: 'POST',
    path: '/sessions/tokens',
    summary: 'A short-lived token for a system, on behalf of a session that lasts.',
    access: forASecret,
    request: { body: SessionTokenRequest },
    answers: { 200: TokenAnswer },
    errors: [],
  }),
  endSession: defineRoute({
    name: 'end-session',
    method: 'POST',
    path: '/sessions/end',
    summary: 'Signs out: the session gets no token any more. What it has got ends by itself within minutes.',
    access: forASecret,
    request: { body: EndSession },
    answers: { 204: null },
    errors: [],
  }),
} as const;
