/** Who may have which token, and for how long. */
import { ForbiddenError } from '../../shared/errors/index.ts';
import type { Caller } from '../../shared/http/index.ts';
import type { ConsoleRole, IssuableRole, IssueRequest, SystemName } from './contract.ts';
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

/** Roles of people who are a system's own; a `viewer` looks into the whole city, and `merchant` is for an operator to give. */
const OF_A_SYSTEM: ReadonlySet<IssuableRole> = new Set(['customer', 'kitchen', 'rider']);

/**
 * The token of a subject that an operator asked for, or the system whose customer it is.
 *
 * @throws {ForbiddenError} the subject is not one that anybody may speak for: the operator's own name, which would make a
 *   customer's token look like an operator's in the logs; or a system asks for a token that another system would take,
 *   or for a role that is not its own to give. A retry cannot help
 */
export const subjectClaims = (asked: IssueRequest, by: Caller, now: Date): Claims => {
  const { subject, roles, audience } = asked;
  if (subject === OPERATOR) throw new ForbiddenError({ reason: 'subject_is_reserved' });
  if (!by.roles.includes('operator')) mustBeItsOwn(asked, by);
  return claims(subject, [...new Set(roles)], audience, PERSON_SECONDS, now);
};

const mustBeItsOwn = ({ roles, audience }: IssueRequest, { subject }: Caller): void => {
  if (subject !== `service:${audience}`) throw new ForbiddenError({ reason: 'audience_is_another_system' });
  if (!roles.every((role) => OF_A_SYSTEM.has(role)))
    throw new ForbiddenError({ reason: 'role_is_not_its_own' });
};

/** A stolen token of a session is worth this long after the session was ended. */
export const SESSION_TOKEN_SECONDS = 5 * 60;

/** The token of a session: an operator is the operator everywhere, and a viewer nobody in particular. */
export const sessionClaims = (role: ConsoleRole, audience: SystemName, now: Date): Claims =>
  claims(role, [role], audience, SESSION_TOKEN_SECONDS, now);

/** How long a token lives, in seconds. */
export const lifetimeOf = ({ iat, exp }: Claims): number => exp - iat;
