/**
 * What a change of an interface would break, judged from two OpenAPI documents of it.
 *
 * A caller is expected to ignore members and enum values that it does not know (tolerant reader); whatever else it
 * relied on must stay: doors, roles, what it may send, what it is sure to get.
 */

interface Json {
  readonly [key: string]: unknown;
}

/** Which way a schema is read: what callers write may only be taken more widely, what they read only told more. */
type Side = 'sent' | 'received';

/**
 * @returns one line for each thing that a caller of `before` may trip over with `after`, with the place in it;
 * nothing when every caller goes on
 */
export const breakingChanges = (before: Json, after: Json): readonly string[] => {
  const lines: string[] = [];
  const old = operationsOf(before);
  const now = operationsOf(after);
  for (const [door, operation] of old) {
    const successor = now.get(door);
    if (!successor) {
      lines.push(`${door} is gone`);
      continue;
    }
    lines.push(
      ...rolesLost(operation, successor).map((role) => `${door}: ${role} may no longer call it`),
      ...parameterChanges(operation, successor).map((line) => `${door}: ${line}`),
      ...bodyChanges(bodyOf(operation), bodyOf(successor), [before, after]).map((line) => `${door}: ${line}`),
      ...answerChanges(operation, successor, [before, after]).map((line) => `${door}: ${line}`),
    );
  }
  return lines;
};

/**
 * What breaks callers without having been announced by the first number of the version; nothing when the change may be
 * made.
 */
export const unannounced = (before: Json, after: Json): readonly string[] => {
  const major = (document: Json): number => Number(String(at(document, 'info').version).split('.')[0]);
  return major(after) > major(before) ? [] : breakingChanges(before, after);
};

type Documents = readonly [before: Json, after: Json];

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

const operationsOf = (document: Json): ReadonlyMap<string, Json> =>
  new Map(
    Object.entries(at(document, 'paths')).flatMap(([path, item]) =>
      METHODS.flatMap((method): [string, Json][] => {
        const operation = (item as Json)[method];
        return operation ? [[`${method.toUpperCase()} ${path}`, operation as Json]] : [];
      }),
    ),
  );

const at = (json: Json, ...path: string[]): Json => {
  let found: unknown = json;
  for (const key of path) found = (found as Json | undefined)?.[key];
  return (found ?? {}) as Json;
};

const rolesLost = (before: Json, after: Json): readonly string[] => {
  const rolesOf = (operation: Json) => operation['x-roles'] as readonly string[] | undefined;
  const now = rolesOf(after);
  // No roles: everybody may.
  if (now === undefined) return [];
  return (rolesOf(before) ?? ['everybody']).filter((role) => !now.includes(role));
};

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: Json;
}

const parameterChanges = (before: Json, after: Json): readonly string[] => {
  const parametersOf = (operation: Json) =>
    new Map(
      ((operation.parameters ?? []) as readonly Parameter[]).map((parameter) => [
        `${parameter.in}.${parameter.name}`,
        parameter,
      ]),
    );
  const old = parametersOf(before);
  return [...parametersOf(after)].flatMap(([name, { required, schema }]) => {
    const known = old.get(name);
    if (required && !known?.required) return [`${name} must be given now`];
    return known ? schemaChanges(known.schema, schema, 'sent', name, [{}, {}]) : [];
  });
};

const bodyOf = (operation: Json): Json | undefined =>
  at(operation, 'requestBody', 'content', 'application/json').schema as Json | undefined;

const bodyChanges = (
  before: Json | undefined,
  after: Json | undefined,
  documents: Documents,
): readonly string[] => {
  if (!after) return [];
  return before ? schemaChanges(before, after, 'sent', 'body', documents) : ['body must be given now'];
};

const answerChanges = (before: Json, after: Json, documents: Documents): readonly string[] =>
  Object.keys(at(before, 'responses'))
    .filter((status) => status.startsWith('2'))
    .flatMap((status) => {
      const now = at(after, 'responses')[status];
      if (!now) return [`it no longer answers ${status}`];
      const schemaOf = (operation: Json) =>
        at(operation, 'responses', status, 'content', 'application/json').schema as Json | undefined;
      const [old, successor] = [schemaOf(before), schemaOf(after)];
      if (!old) return [];
      return successor
        ? schemaChanges(old, successor, 'received', `answer ${status}`, documents)
        : [`its answer ${status} has no body any more`];
    });

const resolved = (schema: Json, document: Json): Json =>
  typeof schema.$ref === 'string' ? at(document, ...schema.$ref.replace('#/', '').split('/')) : schema;

const schemaChanges = (
  before: Json,
  after: Json,
  side: Side,
  where: string,
  documents: Documents,
): readonly string[] => {
  const old = resolved(before, documents[0]);
  const now = resolved(after, documents[1]);
  return [
    ...typeChanges(old, now, where),
    ...(side === 'sent' ? narrowed(old, now, where) : []),
    ...memberChanges(old, now, side, where, documents),
    ...(old.items && now.items
      ? schemaChanges(old.items as Json, now.items as Json, side, `${where}[]`, documents)
      : []),
  ];
};

/** Alternatives are not compared one by one: any change among them is for a person to judge. */
const typeChanges = (old: Json, now: Json, where: string): readonly string[] =>
  ['type', 'anyOf', 'oneOf', 'allOf']
    .map((key) => [key, JSON.stringify(old[key]), JSON.stringify(now[key])] as const)
    .filter(([, was, is]) => was !== is)
    .map(([key, was, is]) => `${where} had ${key} ${was ?? 'free'} and has ${is ?? 'none'}`);

/** Of what may be sent, less is taken than before. */
const narrowed = (old: Json, now: Json, where: string): readonly string[] => {
  const lines: string[] = [];
  const known = valuesOf(old);
  const taken = valuesOf(now);
  if (taken) {
    const lost = known?.filter((value) => !taken.includes(value)) ?? ['anything'];
    if (lost.length > 0) lines.push(`${where} no longer takes ${lost.join(', ')}`);
  }
  for (const [limit, tighter] of LIMITS) {
    const [was, is] = [old[limit], now[limit]] as readonly (number | undefined)[];
    if (is !== undefined && (was === undefined || tighter(is, was))) {
      lines.push(`${where} has ${limit} ${is}, which was ${was ?? 'free'}`);
    }
  }
  for (const form of ['pattern', 'format']) {
    if (now[form] !== undefined && now[form] !== old[form]) lines.push(`${where} has another ${form}`);
  }
  return lines;
};

const valuesOf = (schema: Json): readonly unknown[] | undefined =>
  (schema.enum as readonly unknown[] | undefined) ?? ('const' in schema ? [schema.const] : undefined);

const less = (is: number, was: number): boolean => is < was;
const more = (is: number, was: number): boolean => is > was;
const LIMITS: readonly (readonly [string, (is: number, was: number) => boolean])[] = [
  ['maximum', less],
  ['maxLength', less],
  ['maxItems', less],
  ['minimum', more],
  ['minLength', more],
  ['minItems', more],
];

const memberChanges = (
  old: Json,
  now: Json,
  side: Side,
  where: string,
  documents: Documents,
): readonly string[] => {
  const members = (schema: Json) => at(schema, 'properties') as { readonly [name: string]: Json };
  const required = (schema: Json) => (schema.required ?? []) as readonly string[];
  const kept = Object.entries(members(old)).flatMap(([name, schema]) => {
    const successor = members(now)[name];
    if (successor) return schemaChanges(schema, successor, side, `${where}.${name}`, documents);
    const isRefused = now.additionalProperties === false;
    return side === 'received' || isRefused ? [`${where}.${name} is gone`] : [];
  });
  const duties =
    side === 'sent'
      ? required(now)
          .filter((name) => !required(old).includes(name))
          .map((name) => `${where}.${name} must be given now`)
      : required(old)
          .filter((name) => name in members(now) && !required(now).includes(name))
          .map((name) => `${where}.${name} may be missing now`);
  return [...kept, ...duties];
};
