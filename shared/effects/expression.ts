/** Compiles changes to the entries of a DynamoDB transaction. */
import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import type { Change, Clause } from './change.ts';
import { namesOf, type Value } from './item.ts';

export type TransactEntry = NonNullable<TransactWriteCommandInput['TransactItems']>[number];

/**
 * One entry of a transaction. Every name goes by an alias, because any name may be one of DynamoDB's 573 reserved
 * words; a refused condition returns the item on which it failed.
 */
export const entryOf = (change: Change, table: string): TransactEntry => {
  const { key, guards } = change;
  const aliases = new Aliases();
  const conditions = guards.map(({ clause }) => conditionOf(clause, aliases));
  const update = change.does === 'update' ? updateOf(change, aliases) : undefined;
  const common = {
    TableName: table,
    ...(conditions.length > 0
      ? {
          ConditionExpression: conditions.join(' AND '),
          ReturnValuesOnConditionCheckFailure: 'ALL_OLD' as const,
        }
      : {}),
    ...aliases.attributes(),
  };
  switch (change.does) {
    case 'put':
      return { Put: { ...common, Item: change.item } };
    case 'erase':
      return { Delete: { ...common, Key: { ...key } } };
    case 'update':
      return { Update: { ...common, Key: { ...key }, UpdateExpression: update } };
    case 'check':
      return {
        ConditionCheck: { ...common, Key: { ...key }, ConditionExpression: conditions.join(' AND ') },
      };
  }
};

class Aliases {
  readonly #names = new Map<string, string>();
  readonly #values: Value[] = [];

  path(path: string): string {
    return namesOf(path)
      .map((name) => {
        const alias = this.#names.get(name) ?? `#n${this.#names.size}`;
        this.#names.set(name, alias);
        return alias;
      })
      .join('.');
  }

  value(value: Value): string {
    return `:v${this.#values.push(value) - 1}`;
  }

  attributes() {
    return {
      ...(this.#names.size > 0
        ? {
            ExpressionAttributeNames: Object.fromEntries(
              [...this.#names].map(([name, alias]) => [alias, name]),
            ),
          }
        : {}),
      ...(this.#values.length > 0
        ? { ExpressionAttributeValues: Object.fromEntries(this.#values.map((value, n) => [`:v${n}`, value])) }
        : {}),
    };
  }
}

const SIGNS = { atLeast: '>=', atMost: '<=', below: '<', above: '>' } as const;

const conditionOf = (clause: Clause, aliases: Aliases): string => {
  switch (clause.is) {
    case 'absent':
      return `attribute_not_exists(${aliases.path('pk')})`;
    case 'present':
      return `attribute_exists(${aliases.path('pk')})`;
    case 'missing':
      return `attribute_not_exists(${aliases.path(clause.field)})`;
    case 'has':
      return `attribute_exists(${aliases.path(clause.field)})`;
    case 'equals':
      return `${aliases.path(clause.field)} = ${aliases.value(clause.value)}`;
    case 'differs': {
      // Said in full, because what `<>` means for a missing field is nowhere written.
      const field = aliases.path(clause.field);
      return `(attribute_not_exists(${field}) OR ${field} <> ${aliases.value(clause.value)})`;
    }
    case 'oneOf':
      return `${aliases.path(clause.field)} IN (${clause.values.map((value) => aliases.value(value)).join(', ')})`;
    case 'anyOf':
      return `(${clause.clauses.map((each) => conditionOf(each, aliases)).join(' OR ')})`;
    default:
      return `${aliases.path(clause.field)} ${SIGNS[clause.is]} ${aliases.value(clause.value)}`;
  }
};

const updateOf = ({ set, add, remove }: Extract<Change, { does: 'update' }>, aliases: Aliases): string => {
  const sets = Object.entries(set).map(([path, value]) => `${aliases.path(path)} = ${aliases.value(value)}`);
  // Not ADD, which takes no paths.
  const sums = Object.entries(add).map(([path, by]) => {
    const field = aliases.path(path);
    return `${field} = if_not_exists(${field}, ${aliases.value(0)}) + ${aliases.value(by)}`;
  });
  const assigned = [...sets, ...sums];
  return [
    ...(assigned.length > 0 ? [`SET ${assigned.join(', ')}`] : []),
    ...(remove.length > 0 ? [`REMOVE ${remove.map((path) => aliases.path(path)).join(', ')}`] : []),
  ].join(' ');
};
