import type { Construct } from 'constructs';
import { routes } from '../functions/sandbox-bank/contract.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { SystemStack } from './constructs/system-stack.ts';

/** The outside world's bank: accounts, holds, captures, refunds, and faults when it is told to have some. */
export class SandboxBankStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'sandbox-bank' });

    const table = new HouseTable(this, 'Accounts', this, { indexes: EFFECT_INDEXES });
    const doors = Object.fromEntries(
      Object.values(routes).map(({ name }) => [
        name,
        // An account may be told to answer 8 s late; whoever asks gives up before that or waits.
        new HouseFunction(this, this, {
          file: name,
          environment: { TABLE: table.tableName },
          timeoutSeconds: 15,
        }),
      ]),
    );
    for (const { name, method } of Object.values(routes)) {
      const door = doors[name];
      if (!door) throw new Error(`the contract has no route ${name}`);
      if (method === 'GET') table.readBy(door);
      else if (name === routes.openAccount.name) table.appendedBy(door);
      else table.committedBy(door);
      if (name === routes.getStatement.name) table.pagedBy(door);
    }
    new HouseApi(this, this, { routes, doors });
  }
}
