import { ForbiddenError, NotFoundError } from '../../../shared/errors/index.ts';
import type { Caller } from '../../../shared/http/index.ts';
import type { AnyAccount, OperationKey } from '../contract.ts';
import type { Asker } from './charge.ts';

/** The system behind a service token: `service:paytm-saga` is the bank's client `paytm-saga`. */
export const clientOf = ({ subject }: Caller): string => {
  const client = /^service:(.+)$/.exec(subject)?.[1];
  if (client === undefined) throw new ForbiddenError({ reason: 'not_a_service' });
  return client;
};

export const askerOf = (caller: Caller, key: OperationKey): Asker => ({ key, client: clientOf(caller) });

/** An operator reads everything; a system its own clearing account, and of others it does not learn that they are. */
export const refuseStranger = (caller: Caller, id: AnyAccount): void => {
  if (caller.roles.includes('operator')) return;
  if (id !== `clearing:${clientOf(caller)}`) throw new NotFoundError({ what: 'account', id });
};
