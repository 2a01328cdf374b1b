import { ForbiddenError } from '../../../shared/errors/index.ts';
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
