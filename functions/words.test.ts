import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type * as z from 'zod';
import { issuesOf } from '../shared/errors/index.ts';
import type { Routes } from '../shared/http/index.ts';

const contracts = readdirSync(import.meta.dirname, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
const doors = await Promise.all(
  contracts.map(async (system) => {
    const contract: { routes?: Routes } = await import(join(import.meta.dirname, system, 'contract.ts'));
    return Object.values(contract.routes ?? {}).map((route) => ({ door: `${system} ${route.name}`, route }));
  }),
);

type Def = { readonly [field: string]: unknown };
const defOf = (value: unknown): Def | undefined =>
  (value as { _zod?: { def: Def } } | null | undefined)?._zod?.def;

/** Every schema and every check within a schema, itself included. */
const within = (value: unknown, seen: Set<unknown> = new Set()): Def[] => {
  if (typeof value !== 'object' || value === null || value instanceof RegExp || seen.has(value)) return [];
  seen.add(value);
  const def = defOf(value);
  return [...(def ? [def] : []), ...Object.values(def ?? value).flatMap((part) => within(part, seen))];
};

/** What somebody reads whose text does not fit: a pattern, a format or a rule of our own. */
const toldBy = ({ check, format, pattern, path, error }: Def): { en: string; hi: string }[] => {
  if (check !== 'string_format' && check !== 'custom') return [];
  const issue = {
    ...(check === 'custom'
      ? { code: 'custom' }
      : { code: 'invalid_format', format, pattern: String(pattern) }),
    ...{ path: path ?? [], input: '', message: (error as undefined | (() => string))?.() ?? '' },
  } as z.core.$ZodIssue;
  return issuesOf([issue], []).map(({ expected, expectedHi = '' }) => ({ en: expected, hi: expectedHi }));
};

const told = doors
  .flat()
  .flatMap(({ door, route }) =>
    within({ ...route.request }).flatMap((def) => toldBy(def).map((words) => ({ door, ...words }))),
  );

it('every pattern, format and rule of a door has words for people, in both languages', () => {
  expect(told.length).toBeGreaterThan(30);
  const wordless = told.filter(
    ({ en, hi }) => /^a valid value$|[\^$\\]/.test(en) || /[\^$\\]/.test(hi) || !/[ऀ-ॿ]/.test(hi),
  );
  expect(wordless).toEqual([]);
});
