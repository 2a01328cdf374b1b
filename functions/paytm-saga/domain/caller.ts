import { ForbiddenError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import { UserId } from '../contract.ts';

/**
 * The payer that a caller speaks for.
 * @throws {ForbiddenError} the token is for somebody who is no payer here; a retry cannot help
 */
export const payerOf = ({ subject }: { readonly subject: string }): UserId => {
  const payer = UserId.safeParse(subject);
  if (!payer.success) throw new ForbiddenError({ what: 'payment' });
  return payer.data;
};

/** Whose a payment is. */
interface Parties {
  readonly payer: string;
  readonly merchant: string;
  readonly startedBy?: string;
}

/** Whether a caller is the system that has started a payment for its payer. */
export const hasCharged = ({ startedBy }: Pick<Parties, 'startedBy'>, { subject, roles }: Caller): boolean =>
  roles.includes('service') && subject === startedBy;

/** Whether a caller may know of a payment's refunds: its payer, its merchant, the system that charged, or an operator. */
export const isOf = (parties: Parties, caller: Caller): boolean =>
  caller.roles.includes('operator') ||
  hasCharged(parties, caller) ||
  caller.subject === parties.payer ||
  caller.subject === parties.merchant;
