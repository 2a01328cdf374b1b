/** The doors of a system, read from its own OpenAPI document, and the request that a filled-in form of one means. */

import { type Field, fieldsOf, type Schema, saidBy } from './catalogue.ts';
import { isJson } from './json.ts';

/** What a door wants besides its body. */
export interface DoorInput {
  readonly in: 'path' | 'query' | 'header';
  readonly name: string;
  readonly required: boolean;
  /** What it may be, in short. */
  readonly says: string;
  readonly description?: string;
  /** What it is where nothing is said, or may be. */
  readonly example?: string;
}

export interface Door {
  /** `start-payment`. */
  readonly id: string;
  readonly method: string;
  readonly path: string;
  readonly summary: string;
  /** Who may come in; undefined where nobody is asked who they are. */
  readonly roles?: readonly string[];
  readonly inputs: readonly DoorInput[];
  readonly body?: { readonly required: boolean; readonly sample: string; readonly fields: readonly Field[] };
}

/** What is read of a document. */
export interface OpenApi {
  readonly paths?: {
    readonly [path: string]: { readonly [method: string]: Operation };
  };
  readonly components?: { readonly schemas?: { readonly [name: string]: Schema } };
}

interface Operation {
  readonly operationId?: string;
  readonly summary?: string;
  readonly 'x-roles'?: readonly string[];
  readonly security?: readonly unknown[];
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly required?: boolean;
    readonly description?: string;
    readonly schema?: Schema;
  }[];
  readonly requestBody?: {
    readonly required?: boolean;
    readonly content?: { readonly [type: string]: { readonly schema?: Schema } };
  };
}

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];
const JSON_TYPE = 'application/json';

/** In the order of the document. */
export const doorsOf = ({ paths = {}, components = {} }: OpenApi): readonly Door[] => {
  const whole = resolver(components.schemas ?? {});
  return Object.entries(paths).flatMap(([path, operations]) =>
    METHODS.flatMap((method) => {
      const operation = operations[method];
      return operation === undefined ? [] : [doorOf(method, path, operation, whole)];
    }),
  );
};

type Whole = (schema: Schema, depth?: number) => Schema;

const doorOf = (method: string, path: string, operation: Operation, whole: Whole): Door => {
  const { operationId, summary = '', parameters = [], requestBody } = operation;
  const roles = operation['x-roles'];
  const schema = requestBody?.content?.[JSON_TYPE]?.schema;
  const body = schema && whole(schema);
  return {
    ...{ id: operationId ?? `${method} ${path}`, method: method.toUpperCase(), path, summary },
    ...(roles === undefined ? {} : { roles }),
    inputs: parameters.flatMap(({ in: place, name, required = false, description, schema: of = {} }) => {
      if (place !== 'path' && place !== 'query' && place !== 'header') return [];
      const value = whole(of);
      const says = description ?? value.description;
      const example = value.examples?.[0] ?? value.default;
      return [
        {
          ...{ in: place, name, required, says: saidBy(value) },
          ...(says === undefined ? {} : { description: says }),
          ...(example === undefined ? {} : { example: String(example) }),
        },
      ];
    }),
    ...(body === undefined
      ? {}
      : {
          body: {
            required: requestBody?.required ?? false,
            sample: JSON.stringify(sampleOf(body), null, 2),
            fields: fieldsOf(body),
          },
        }),
  };
};

/** A schema that holds itself is not followed for ever. */
const DEEPEST = 8;

/** Puts what a document names once, and means often, where it is meant. */
const resolver = (named: { readonly [name: string]: Schema }): Whole => {
  const whole: Whole = (schema, depth = 0) => {
    const { $ref, properties, items, anyOf, ...rest } = schema;
    if (depth > DEEPEST) return rest;
    const name = /^#\/components\/schemas\/(.+)$/.exec($ref ?? '')?.[1];
    if (name !== undefined) return whole(named[name] ?? {}, depth + 1);
    return {
      ...rest,
      ...(properties === undefined
        ? {}
        : {
            properties: Object.fromEntries(
              Object.entries(properties).map(([field, value]) => [field, whole(value, depth + 1)]),
            ),
          }),
      ...(items === undefined ? {} : { items: whole(items, depth + 1) }),
      ...(anyOf === undefined ? {} : { anyOf: anyOf.map((one) => whole(one, depth + 1)) }),
    };
  };
  return whole;
};

/** Something of the kind that is wanted, to be filled in: what must be there, with what is said of it. */
const sampleOf = (schema: Schema): unknown => {
  const said = schema.examples?.[0] ?? schema.default ?? schema.const ?? schema.enum?.[0];
  if (said !== undefined) return said;
  if (schema.anyOf?.[0] !== undefined) return sampleOf(schema.anyOf[0]);
  if (schema.properties !== undefined) {
    const { properties, required = [] } = schema;
    return Object.fromEntries(
      Object.entries(properties)
        .filter(([name]) => required.includes(name))
        .map(([name, field]) => [name, sampleOf(field)]),
    );
  }
  if (schema.type === 'array') return [];
  if (schema.type === 'object') return {};
  if (schema.type === 'integer' || schema.type === 'number') return Math.max(0, schema.minimum ?? 0);
  if (schema.type === 'boolean') return false;
  // Of an id as much as is known of all of them: `payment_`.
  return /^\^([a-z]+_)\[0-9a-f\]/.exec(schema.pattern ?? '')?.[1] ?? '';
};

/** What was filled in, by `<in> <name>`. */
export interface Filled {
  readonly [input: string]: string;
}

export const inputKey = ({ in: place, name }: Pick<DoorInput, 'in' | 'name'>): string => `${place} ${name}`;

export interface DoorRequest {
  readonly method: string;
  /** With its query. */
  readonly path: string;
  readonly headers: { readonly [name: string]: string };
  /** As it was typed: digits stay what they are. */
  readonly body?: string;
}

/** What must be there and is not: names of inputs, or `body` where that is no JSON. */
export const lackingIn = ({ inputs, body }: Door, filled: Filled, text: string): readonly string[] => [
  ...inputs
    .filter((input) => input.required && (filled[inputKey(input)] ?? '').trim() === '')
    .map(({ name }) => name),
  ...(body !== undefined && (text.trim() === '' ? body.required : !isJson(text)) ? ['body'] : []),
];

/** What is sent. An input that was left empty is not said at all. */
export const requestOf = (
  { method, path, inputs, body }: Door,
  filled: Filled,
  text: string,
): DoorRequest => {
  const given = (place: DoorInput['in']) =>
    inputs.flatMap((input) => {
      const value = (filled[inputKey(input)] ?? '').trim();
      return input.in === place && value !== '' ? [[input.name, value] as const] : [];
    });
  const places = new Map(given('path'));
  const query = new URLSearchParams(given('query').map(([name, value]) => [name, value])).toString();
  const where = path.replaceAll(/\{(\w+)\}/g, (_whole, name: string) =>
    encodeURIComponent(places.get(name) ?? ''),
  );
  return {
    ...{ method, path: query === '' ? where : `${where}?${query}` },
    headers: Object.fromEntries(given('header')),
    ...(body === undefined || text.trim() === '' ? {} : { body: text }),
  };
};

/** Whether asking it may change something. */
export const mayChange = ({ method }: Pick<Door, 'method'>): boolean => method !== 'GET';
