import type { Template } from './synthesis.ts';

interface TableProperties {
  readonly KeySchema?: unknown;
  readonly GlobalSecondaryIndexes?: readonly { readonly IndexName: string; readonly KeySchema: unknown }[];
}

/**
 * The tables whose keys differ between what runs and what would be deployed. CloudFormation would answer with a new,
 * empty table, or not at all; a wish to forget data should be said aloud. New tables and new indexes are no difference.
 * @returns the logical ids
 */
export const changedLayouts = (deployed: Template, wanted: Template): readonly string[] => {
  const before = tables(deployed);
  return Object.entries(tables(wanted))
    .filter(([id, table]) => {
      const old = before[id];
      return old !== undefined && (differ(old.KeySchema, table.KeySchema) || indexChanged(old, table));
    })
    .map(([id]) => id);
};

const tables = ({ Resources = {} }: Template): { [id: string]: TableProperties } =>
  Object.fromEntries(
    Object.entries(Resources)
      .filter(([, { Type }]) => Type === 'AWS::DynamoDB::Table')
      .map(([id, { Properties }]) => [id, (Properties ?? {}) as TableProperties]),
  );

const indexChanged = (old: TableProperties, table: TableProperties): boolean =>
  (old.GlobalSecondaryIndexes ?? []).some(({ IndexName, KeySchema }) => {
    const now = table.GlobalSecondaryIndexes?.find((index) => index.IndexName === IndexName);
    return now !== undefined && differ(KeySchema, now.KeySchema);
  });

const differ = (one: unknown, other: unknown): boolean => JSON.stringify(one) !== JSON.stringify(other);
