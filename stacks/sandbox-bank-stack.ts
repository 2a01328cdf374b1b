import type { Construct } from 'constructs';
import { events, routes } from '../functions/sandbox-bank/contract.ts';
import { HouseFunction } from './constructs/house-function.ts';
import { DUE_INDEX, EFFECT_INDEXES, HouseTable } from './constructs/house-table.ts';
import { Outbox } from './constructs/outbox.ts';
import { Parking } from './constructs/parking.ts';
import { HouseApi } from './constructs/rest-api.ts';
import { SystemStack } from './constructs/system-stack.ts';
import { WorkQueue } from './constructs/work-queue.ts';

/** The outside world's bank: accounts, holds, captures, refunds, a back office, and faults when it is told to have some. */
export class SandboxBankStack extends SystemStack {
  constructor(scope: Construct) {
    super(scope, { system: 'sandbox-bank' });

    const table = new HouseTable(this, 'Accounts', this, {
      stream: true,
      indexes: [...EFFECT_INDEXES, ...DUE_INDEX],
    });
    const parking = new Parking(this, this);
    const environment = { TABLE: table.tableName };
    const doors = Object.fromEntries(
      Object.values(routes).map(({ name }) => [
        name,
        // An account may be told to answer 8 s late; whoever asks gives up before that or waits.
        new HouseFunction(this, this, {
          file: name,
          environment,
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

    // What time does to holds: nobody calls, so the schedule does.
    const backOffice = new HouseFunction(this, this, {
      file: 'back-office',
      environment,
      timeoutSeconds: 30,
    });
    table.committedBy(backOffice).queriedBy('due', backOffice);
    parking.usedBy(backOffice);
    new WorkQueue(this, this, { consumer: backOffice, batchSize: 1, maxConcurrency: 2 }).everyMinute({
      backOffice: 'due',
    });

    new Outbox(this, this, { table, parking, events: Object.values(events).map(({ type }) => type) });
  }
}
