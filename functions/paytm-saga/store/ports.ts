import { documentClient, env } from '../../../shared/aws/index.ts';
import { dynamoStore } from '../../../shared/effects/dynamo-store.ts';
import { type EffectStore, effects, houseIndexes, type Surroundings } from '../../../shared/effects/index.ts';
import { inTheCity } from '../../../shared/effects/surroundings.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import { type History, history } from './history.ts';
import { type Ledger, ledger } from './ledger.ts';
import { type Links, links } from './links.ts';
import { payments } from './payments.ts';
import { type People, people } from './people.ts';
import { type Refunds, refunds } from './refunds.ts';
import type { SagaPorts } from './saga.ts';
import { type TopUps, topUps } from './top-ups.ts';
import { type Wallets, wallets } from './wallets.ts';

/** What everything that works on the table gets. */
export interface TablePorts extends SagaPorts {
  readonly people: People;
  readonly wallets: Wallets;
  readonly topUps: TopUps;
  readonly refunds: Refunds;
  readonly links: Links;
  readonly ledger: Ledger;
  readonly history: History;
  readonly ids: Ids;
}

/** The indexes of the table, as the stack makes them. */
export const INDEXES = {
  ...houseIndexes,
  byOwner: { pk: 'ownerPk', sk: 'ownerSk' },
  open: { pk: 'openShard', sk: 'openSince' },
} as const;

/** The ports on any store of effects: the table's, or one in memory. */
export const portsOn = (store: EffectStore, around: Surroundings): TablePorts => ({
  effects: effects({ store, ...around }),
  payments: payments(store),
  people: people(store),
  wallets: wallets(store),
  topUps: topUps(store),
  refunds: refunds(store),
  links: links(store),
  ledger: ledger(store),
  history: history(store),
  now: around.now,
  ids: around.ids,
});

/** The ports on the table that TABLE names. */
export const tablePorts = (): TablePorts =>
  portsOn(dynamoStore({ client: documentClient(), table: env('TABLE'), indexes: INDEXES }), inTheCity);
