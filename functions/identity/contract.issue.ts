/** The door at which tokens are issued for others. Apart, because systems ask there, and carry what they ask by. */
import * as z from 'zod';
import { defineRoute } from '../../shared/http/index.ts';
import { phrase } from '../../shared/messages/index.ts';
import { SystemName, TokenAnswer } from './contract.token.ts';

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

export const IssueRequest = z.strictObject({
  subject: Subject,
  roles: z.array(IssuableRole).min(1).max(4),
  audience: SystemName,
});
export type IssueRequest = z.infer<typeof IssueRequest>;

export const issueRoutes = {
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
} as const;
