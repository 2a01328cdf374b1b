import * as z from 'zod';

/** What a system's events are kept as, by type and version, for `toMatchFileSnapshot('contract.events.json')`. */
export const eventSchemas = (events: {
  readonly [name: string]: { readonly type: string; readonly version: number; readonly schema: z.ZodType };
}): string => {
  const schemas = Object.values(events).map(
    ({ type, version, schema }) => [`${type}:${version}`, z.toJSONSchema(schema)] as const,
  );
  return `${JSON.stringify(Object.fromEntries(schemas), null, 2)}\n`;
};
