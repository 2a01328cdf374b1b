/** The doors of people: signing up, in and out, and from which wallet they pay. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { idSchema } from '../../shared/ids/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { CustomerId } from './contract.views.ts';

/** Bytes would be counted by nobody; so long that guessing is slow, so short that hashing is not. */
const Password = z.string().min(8).max(128);

/** Compared without regard to case, as every mailbox that matters takes it. */
const Email = z.email().max(254).toLowerCase();

export const PHONE = phrase({
  en: 'an Indian mobile number: +91, perhaps a hyphen, and ten digits, the first of them 6 to 9',
  hi: 'भारतीय मोबाइल नंबर: +91, चाहें तो हाइफ़न, और दस अंक, पहला 6 से 9',
});
export const Phone = z.string().regex(/^\+91-?[6-9][0-9]{9}$/, { error: PHONE });

/** The consent of a payer, as the payment saga gave it out; with it we may charge them, up to its limit. */
const WalletLink = idSchema('link');

export const UserView = z.object({
  id: CustomerId,
  email: z.string(),
  name: z.string(),
  phone: z.string(),
  /** Whether a wallet is linked, from which orders can be paid. */
  walletLinked: z.boolean(),
});
export type UserView = z.infer<typeof UserView>;

/** Opaque: which session, the how-manieth token of it, and a proof of both. */
const RefreshToken = z.string().min(1).max(256);

export const SessionView = z.object({
  /** For every other door here, as `Authorization: Bearer …`. */
  accessToken: z.string(),
  expiresInSeconds: z.int(),
  /** For one use: the answer holds the next one. */
  refreshToken: z.string(),
  /** When the session ends, however often it is refreshed. */
  endsAt: z.iso.datetime(),
  user: UserView,
});
export type SessionView = z.infer<typeof SessionView>;

export const SignUp = z.strictObject({
  email: Email,
  password: Password,
  name: z.string().trim().min(1).max(80),
  phone: Phone,
});
export type SignUp = z.output<typeof SignUp>;

const Refresh = z.strictObject({ refreshToken: RefreshToken });

export const peopleRoutes = {
  signUp: defineRoute({
    name: 'sign-up',
    method: 'POST',
    path: '/users',
    summary: 'Makes an account. The same again, with the same password, answers the same account.',
    access: { public: 'Whoever signs up has no account yet that a token could be for.' },
    request: { body: SignUp },
    answers: { 201: UserView },
    errors: ['EmailTakenError'],
  }),
  logIn: defineRoute({
    name: 'log-in',
    method: 'POST',
    path: '/sessions',
    summary: 'Opens a session with e-mail and password: a token for the doors, and one to get the next with.',
    access: { public: 'It is where a password becomes a token.' },
    request: { body: z.strictObject({ email: Email, password: z.string().min(1).max(128) }) },
    answers: { 201: SessionView },
    errors: ['UnauthenticatedError'],
  }),
  refreshSession: defineRoute({
    name: 'refresh-session',
    method: 'POST',
    path: '/sessions/refresh',
    summary:
      'A new pair of tokens for the refresh token, which is used up by it. One that was used up ends the session.',
    access: { public: 'The refresh token is the proof.' },
    request: { body: Refresh },
    answers: { 200: SessionView },
    errors: ['UnauthenticatedError'],
  }),
  logOut: defineRoute({
    name: 'log-out',
    method: 'POST',
    path: '/sessions/end',
    summary: 'Ends the session of a refresh token; one that has ended, or never was, is answered alike.',
    access: { public: 'Whoever has the refresh token may end its session.' },
    request: { body: Refresh },
    answers: { 204: null },
    errors: [],
  }),
  linkWallet: defineRoute({
    name: 'link-wallet',
    method: 'PUT',
    path: '/users/{userId}/wallet',
    summary: 'Says from which wallet orders are paid, by the consent that its owner has of the payment saga.',
    access: { roles: ['customer'] },
    request: { path: z.object({ userId: CustomerId }), body: z.strictObject({ link: WalletLink }) },
    answers: { 200: UserView },
    errors: [],
  }),
} as const;
