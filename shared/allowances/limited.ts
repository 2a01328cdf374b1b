import { documentClient, env } from '../aws/index.ts';
import { type Asker, admission, type Wanted } from './admission.ts';
import { allowances } from './table.ts';

/**
 * A door's allowances, kept in the table that ALLOWANCES_TABLE names.
 * @example restHandler({ …, admit: limited({ allowance: ALLOWANCES.placeOrder }) })
 */
export const limited =
  <R extends Asker>(...wanted: readonly Wanted<R>[]) =>
  () =>
    admission<R>(
      {
        allowances: allowances({
          ...{ client: documentClient(), table: env('ALLOWANCES_TABLE') },
          now: () => new Date(),
        }),
      },
      wanted,
    );
