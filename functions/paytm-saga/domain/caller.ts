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

/** Whether a caller may know of a payment and its refunds: its payer, its merchant, or an operator. */
export const isOf = (
  { payer, merchant }: { readonly payer: string; readonly merchant: string },
  { subject, roles }: Caller,
): boolean => roles.includes('operator') || subject === payer || subject === merchant;
