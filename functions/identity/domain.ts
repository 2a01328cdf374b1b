/** Who may have which token, and for how long. */
import { ForbiddenError } from '../../shared/errors/index.ts';
import type { ConsoleRole, IssueRequest, SystemName } from './contract.ts';
import { ISSUER } from './contract.ts';

/** The client that stands for a person with AWS credentials: the CLI. Every other client is a system. */
export const OPERATOR = 'operator';

/** A stolen token is worth this long. People wait for a new one at most once a quarter of an hour. */
export const PERSON_SECONDS = 15 * 60;
/** Systems get a new token without anybody noticing, so theirs may be shorter. */
export const SERVICE_SECONDS = 5 * 60;

/** What a token says; times in epoch seconds, as JWT has them. */
export interface Claims {
  readonly iss: typeof ISSUER;
  readonly aud: SystemName;
  readonly sub: string;
  readonly roles: readonly string[];
  readonly iat: number;
  readonly exp: number;
}

const claims = (
  subject: string,
  roles: readonly string[],
  audience: SystemName,
  seconds: number,
  now: Date,
): Claims => {
  const iat = Math.floor(now.getTime() / 1000);
  return { iss: ISSUER, aud: audience, sub: subject, roles, iat, exp: iat + seconds };
};

/** The token of a client whose secret was right. */
export const clientClaims = (client: SystemName, audience: SystemName, now: Date): Claims =>
  client === OPERATOR
    ? claims(OPERATOR, ['operator'], audience, PERSON_SECONDS, now)
    : claims(`service:${client}`, ['service'], audience, SERVICE_SECONDS, now);

/**
 * The token of a subject that an operator asked for.
 *
 * @throws {ForbiddenError} the subject is not one that an operator may speak for: its own name, which would make a
 *   customer's token look like an operator's in the logs. A retry cannot help
 */
export const subjectClaims = ({ subject, roles, audience }: IssueRequest, now: Date): Claims => {
  if (subject === OPERATOR) throw new ForbiddenError({ reason: 'subject_is_reserved' });
  return claims(subject, [...new Set(roles)], audience, PERSON_SECONDS, now);
};

/** A stolen token of a session is worth this long after the session was ended. */
export const SESSION_TOKEN_SECONDS = 5 * 60;

/** The token of a session: an operator is the operator everywhere, and a viewer nobody in particular. */
export const sessionClaims = (role: ConsoleRole, audience: SystemName, now: Date): Claims =>
  claims(role, [role], audience, SESSION_TOKEN_SECONDS, now);

/** How long a token lives, in seconds. */
export const lifetimeOf = ({ iat, exp }: Claims): number => exp - iat;
