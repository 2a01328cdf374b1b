import { AttributeType, BillingMode, type CfnTable, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { dueIndex } from '../../shared/effects/due.ts';
import { houseIndexes, type Indexes } from '../../shared/effects/index.ts';
import type { HouseFunction } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';

export interface HouseIndex {
  readonly name: string;
  readonly partition: string;
  readonly sort: string;
}

const made = (indexes: Indexes): readonly HouseIndex[] =>
  Object.entries(indexes).map(([name, { pk, sk }]) => ({ name, partition: pk, sort: sk }));

/** The indexes that every table of `shared/effects` has: the ledger by day, and the unsent part of the outbox. */
export const EFFECT_INDEXES = made(houseIndexes);

/** That of a table to whose records time does something. */
export const DUE_INDEX = made(dueIndex);

export interface HouseTableProps {
  /** @default CloudFormation's choice, which is what every table with data of its own has */
  readonly name?: string;
  readonly indexes?: readonly HouseIndex[];
  /** Whether a stream shows new images, for an outbox relay or a projection. @default false */
  readonly stream?: boolean;
}

/** What a function may want of a table. A transaction needs the right for each kind of change in it. */
const RIGHTS = {
  read: ['dynamodb:GetItem'],
  readMany: ['dynamodb:BatchGetItem'],
  append: ['dynamodb:GetItem', 'dynamodb:PutItem'],
  commit: ['dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
  check: ['dynamodb:ConditionCheckItem'],
  query: ['dynamodb:Query'],
} as const;

/** One consistency boundary: pk and sk, TTL on `expiresAt`, point-in-time recovery, paid by request. */
export class HouseTable extends Table {
  private readonly indexNames: readonly string[];
  /** The stack output that holds the table's name. */
  readonly output: string;

  constructor(
    scope: Construct,
    id: string,
    stack: SystemStack,
    { name, indexes = [], stream = false }: HouseTableProps,
  ) {
    super(scope, id, {
      partitionKey: { name: 'pk', type: AttributeType.STRING },
      sortKey: { name: 'sk', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      timeToLiveAttribute: 'expiresAt',
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: stack.removalPolicy,
      ...(name ? { tableName: name } : {}),
      ...(stream ? { stream: StreamViewType.NEW_IMAGE } : {}),
    });
    for (const { name, partition, sort } of indexes) {
      this.addGlobalSecondaryIndex({
        indexName: name,
        partitionKey: { name: partition, type: AttributeType.STRING },
        sortKey: { name: sort, type: AttributeType.STRING },
      });
    }
    this.indexNames = indexes.map(({ name }) => name);
    this.output = stack.manifest.output(`${id}Name`, this.tableName);
    stack.tableNames.push(
      name ?? `${stack.stackName}-${stack.getLogicalId(this.node.defaultChild as CfnTable)}-*`,
    );
    stack.manifest.entry.tables.push({ output: this.output, indexes: [...this.indexNames] });
  }

  /** Lets functions read items by key. */
  readBy(...functions: readonly HouseFunction[]): this {
    return this.lets(functions, RIGHTS.read);
  }

  /** Lets functions read many items by key in one call. */
  readTogetherBy(...functions: readonly HouseFunction[]): this {
    return this.lets(functions, RIGHTS.readMany);
  }

  /** Lets functions commit effects that write new items and change none. */
  appendedBy(...functions: readonly HouseFunction[]): this {
    return this.lets(functions, RIGHTS.append);
  }

  /** Lets functions commit effects: read by key, write and change. Nothing is deleted but by its time. */
  committedBy(...functions: readonly HouseFunction[]): this {
    return this.lets(functions, RIGHTS.commit);
  }

  /** Lets functions make a commit depend on an item that it does not change. */
  checkedBy(...functions: readonly HouseFunction[]): this {
    return this.lets(functions, RIGHTS.check);
  }

  /** Lets functions page through a partition of the table itself. */
  pagedBy(...functions: readonly HouseFunction[]): this {
    return this.lets(functions, RIGHTS.query);
  }

  /** Lets functions query one index. */
  queriedBy(index: string, ...functions: readonly HouseFunction[]): this {
    if (!this.indexNames.includes(index)) throw new Error(`this table has no index ${index}`);
    return this.lets(functions, RIGHTS.query, `${this.tableArn}/index/${index}`);
  }
  private lets(functions: readonly HouseFunction[], rights: readonly string[], on = this.tableArn): this {
    for (const fn of functions) fn.may(rights, on);
    return this;
  }
}
