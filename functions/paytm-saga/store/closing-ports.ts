import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import type { EffectStore } from '../../../shared/effects/index.ts';
import { type Closings, closings } from './closings.ts';
import { INDEXES, type TablePorts, tablePorts } from './ports.ts';
import { type Reconciliations, reconciliations } from './reconciliations.ts';

export interface ClosingTablePorts extends TablePorts {
  readonly closings: Closings;
  readonly reconciliations: Reconciliations;
}

export const closingsOn = (store: EffectStore): Pick<ClosingTablePorts, 'closings' | 'reconciliations'> => ({
  closings: closings(store),
  reconciliations: reconciliations(store),
});

/** The ports on the table that TABLE names, with those of the closing, which few functions need. */
export const closingTablePorts = (): ClosingTablePorts => ({
  ...tablePorts(),
  ...closingsOn(dynamoStore({ client: documentClient(), table: env('TABLE'), indexes: INDEXES })),
});
