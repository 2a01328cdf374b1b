import * as z from 'zod';
import type { Routes } from '../http/index.ts';

/**
 * What callers of a system rely on, as plain data for a snapshot: of each door the method, the path, who may call, what
 * goes in, and by status what comes out. Whoever changes it sees the change, and decides whether callers survive it.
 */
export const interfaceOf = (routes: Routes): object =>
  Object.fromEntries(
    Object.entries(routes).map(([key, { method, path, access, idempotent, request, answers, errors }]) => [
      key,
      {
        door: `${method} ${path}`,
        access: 'public' in access ? 'public' : access.roles,
        ...(idempotent === undefined ? {} : { idempotent }),
        request: schemasOf(request, 'input'),
        answers: schemasOf(answers, 'output'),
        errors,
      },
    ]),
  );

const schemasOf = (parts: { readonly [part: string]: z.ZodType | null }, io: 'input' | 'output'): object =>
  Object.fromEntries(Object.entries(parts).map(([part, schema]) => [part, schema && schemaOf(schema, io)]));

const schemaOf = (schema: z.ZodType, io: 'input' | 'output'): object => {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any' });
  return json;
};
