import { peer, serviceToken } from '../../shared/aws/index.ts';
import { type Client, client } from '../../shared/http/index.ts';
import { ClearingAlias } from '../sandbox-bank/contract.views.ts';

/** The account of the bank into which everything is collected. */
export const CLEARING = ClearingAlias.parse('clearing:paytm-saga');

/** A client of some doors of the sandbox bank, which are asked with our own service token. */
export const bankClient = <R extends Parameters<typeof client>[1]>(routes: R): Client<R> =>
  client(
    {
      baseUrl: () => peer('sandbox-bank'),
      token: (refused) => serviceToken('sandbox-bank', refused),
      peer: 'sandbox-bank',
    },
    routes,
  );
