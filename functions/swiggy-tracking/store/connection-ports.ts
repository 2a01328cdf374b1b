import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import { type Connections, connections } from './connections.ts';

/** Connections are what commands ask for their session, too. */
export interface ConnectionPorts {
  readonly connections: Connections;
  readonly sessions: Connections;
}

/** The ports on any store of effects: the table's, or one in memory. */
export const connectionsOn = (store: EffectStore, around: Surroundings): ConnectionPorts => {
  const made = connections({ store, effects: effects({ store, ...around }), ...around });
  return { connections: made, sessions: made };
};

/** The ports on the table that CONNECTIONS_TABLE names. */
export const connectionPorts = (): ConnectionPorts =>
  connectionsOn(dynamoStore({ client: documentClient(), table: env('CONNECTIONS_TABLE') }), inTheCity);
