/** The doors of links: by one, a system of the city charges a payer who has agreed to that. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { referenceSchema } from '../../shared/ids/index.ts';
import { Paise, positivePaise } from '../../shared/money/index.ts';
import { SystemName } from '../identity/contract.token.ts';
import { LinkId, UserId } from './contract.views.ts';

/** A payer’s consent that a system of the city may charge them. */
export const LinkView = z.object({
  id: LinkId,
  user: UserId,
  system: SystemName,
  /** Whom of its customers the payer is there: for nobody else can it charge by this link. */
  customer: z.string(),
  /** The most that one payment may be. */
  upTo: Paise,
  createdAt: z.iso.datetime(),
  endedAt: z.iso.datetime().optional(),
});

export const linkRoutes = {
  createLink: defineRoute({
    name: 'create-link',
    method: 'POST',
    path: '/links',
    summary:
      'Lets a system of the city start payments for the caller, each up to an amount, until it is ended.',
    access: { roles: ['customer'] },
    idempotent: 'key',
    request: {
      body: z.strictObject({
        system: SystemName,
        /** What the system calls the caller. */
        customer: referenceSchema(),
        /** The most that one payment may be. */
        upTo: positivePaise,
      }),
    },
    answers: { 201: LinkView },
    errors: [],
  }),
  endLink: defineRoute({
    name: 'end-link',
    method: 'DELETE',
    path: '/links/{linkId}',
    summary:
      'Ends a link: no payment is accepted by it from now on, and what was accepted goes on. One that has ended answers the same; somebody else’s is 404.',
    access: { roles: ['customer'] },
    request: { path: z.object({ linkId: LinkId }) },
    answers: { 200: LinkView },
    errors: [],
  }),
} as const;
