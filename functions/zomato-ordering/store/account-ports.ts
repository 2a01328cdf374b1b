import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import type { People, Sessions } from '../domain/ports.ts';
import { people, sessions } from './people.ts';

export interface Accounts {
  readonly people: People;
  readonly sessions: Sessions;
  readonly now: Now;
  readonly ids: Ids;
}

export const accountsOn = (store: EffectStore, around: Surroundings): Accounts => {
  const bound = effects({ store, ...around });
  return {
    ...{ now: around.now, ids: around.ids },
    people: people(store, bound, around.ids),
    sessions: sessions(store, bound),
  };
};

/** On the table that ACCOUNTS_TABLE names. */
export const accountPorts = (): Accounts =>
  accountsOn(dynamoStore({ client: documentClient(), table: env('ACCOUNTS_TABLE'), indexes: {} }), inTheCity);
