/** The types of events that the city knows: who tells them, who hears them, and what they hold in which version. */
import type { SystemView } from '../../functions/console/contract.ts';

/** A JSON Schema, as far as a table of its fields needs it. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly pattern?: string;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly properties?: { readonly [name: string]: Schema };
  readonly required?: readonly string[];
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
  readonly default?: unknown;
  readonly examples?: readonly unknown[];
  readonly minimum?: number;
  readonly $ref?: string;
}

export interface EventKind {
  readonly type: string;
  readonly producers: readonly string[];
  /** Systems that listen to it; who hears everything is none of them. */
  readonly consumers: readonly string[];
  /** By version, the newest first. */
  readonly versions: readonly { readonly version: number; readonly schema: Schema }[];
}

/** The schemas of a system, by `<type>:<version>`. */
export interface SchemaFile {
  readonly [key: string]: Schema;
}

/** All types that a system tells or hears, or that have a schema, by name. */
export const catalogueOf = (
  systems: readonly Pick<SystemView, 'name' | 'events'>[],
  files: readonly SchemaFile[],
): readonly EventKind[] => {
  const versions = Object.groupBy(
    files.flatMap((file) =>
      Object.entries(file).map(([key, schema]) => {
        const at = key.lastIndexOf(':');
        return { type: key.slice(0, at), version: Number(key.slice(at + 1)), schema };
      }),
    ),
    ({ type }) => type,
  );
  const types = new Set([
    ...systems.flatMap(({ events }) => [...events.out, ...events.in]).filter((type) => type !== EVERY),
    ...Object.keys(versions),
  ]);
  const whoHas = (side: 'in' | 'out', type: string) =>
    systems.filter(({ events }) => events[side].includes(type)).map(({ name }) => name);
  return [...types].toSorted().map((type) => ({
    type,
    producers: whoHas('out', type),
    consumers: whoHas('in', type),
    versions: (versions[type] ?? [])
      .map(({ version, schema }) => ({ version, schema }))
      .toSorted((a, b) => b.version - a.version),
  }));
};

const EVERY = '*';

/** Systems that hear every event, whatever its type. */
export const hearingAll = (systems: readonly Pick<SystemView, 'name' | 'events'>[]): readonly string[] =>
  systems.filter(({ events }) => events.in.includes(EVERY)).map(({ name }) => name);

export interface Field {
  /** `payment`, `items[].price`. */
  readonly path: string;
  readonly required: boolean;
  /** `string`, `integer`, `"upi" | "emi"`. */
  readonly says: string;
  readonly description?: string;
}

/** The fields of an object, those inside of them with their paths. */
export const fieldsOf = (schema: Schema | undefined, before = ''): readonly Field[] =>
  Object.entries(schema?.properties ?? {}).flatMap(([name, field]) => {
    const path = `${before}${name}`;
    const { description } = field;
    return [
      {
        ...{ path, required: schema?.required?.includes(name) ?? false, says: saidBy(field) },
        ...(description === undefined ? {} : { description }),
      },
      ...fieldsOf(field, `${path}.`),
      ...fieldsOf(field.items, `${path}[].`),
    ];
  });

/** What a value may be, in short. */
export const saidBy = (schema: Schema): string => {
  const { type, format, pattern, items, anyOf } = schema;
  if (schema.const !== undefined) return JSON.stringify(schema.const);
  if (schema.enum !== undefined) return schema.enum.map((value) => JSON.stringify(value)).join(' | ');
  if (anyOf !== undefined) return [...new Set(anyOf.map(saidBy))].join(' | ');
  if (items !== undefined) return `${saidBy(items)}[]`;
  const known = typeof type === 'string' ? type : (type?.join(' | ') ?? '?');
  if (format !== undefined) return `${known} (${format})`;
  // `^payment_[0-9a-f]{8}-…$` is the id of a thing.
  const thing = /^\^([a-z]+_)\[0-9a-f\]/.exec(pattern ?? '')?.[1];
  return thing === undefined ? known : `${known} (${thing}…)`;
};
