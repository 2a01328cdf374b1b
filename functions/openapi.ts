/**
 * Writes `openapi.json` of each system from its contract. A change that breaks callers is refused until the contract
 * raises the first number of its version. `--check` writes nothing and exits 1 when a file is out of date.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import * as effectErrors from '../shared/effects/index.ts';
import * as houseErrors from '../shared/errors/index.ts';
import type { Routes } from '../shared/http/index.ts';
import { unannounced } from '../shared/openapi/breaking.ts';
import { type OpenApiDocument, openApiOf } from '../shared/openapi/document.ts';
import { openApiRoute } from '../shared/openapi/route.ts';

interface Contract {
  readonly api?: { readonly version: string; readonly summary: string };
  readonly routes?: Routes;
}

/** The statuses of the error classes among what some modules export. */
const statusesOf = (...modules: object[]): ReadonlyMap<string, number> =>
  new Map(
    modules
      .flatMap((module) => Object.values(module))
      .filter((value): value is new (facts: object) => houseErrors.HouseError => isErrorClass(value))
      .map((ErrorClass) => new ErrorClass({}))
      .map(({ name, status }) => [name, status]),
  );

const isErrorClass = (value: unknown): boolean =>
  typeof value === 'function' &&
  value.prototype instanceof houseErrors.HouseError &&
  // RemoteProblem and the like have no name of their own.
  value !== houseErrors.HouseError;

/** What a contract gives a name with a capital is a component of that name. */
const schemasOf = (contract: object) =>
  Object.fromEntries(
    Object.entries(contract).filter(
      (entry): entry is [string, z.ZodObject] => /^[A-Z]/.test(entry[0]) && entry[1] instanceof z.ZodObject,
    ),
  );

const documentOf = async (system: string): Promise<OpenApiDocument | undefined> => {
  const contract = (await import(`./${system}/contract.ts`)) as Contract;
  const { api, routes } = contract;
  if (!routes) return undefined;
  if (!api)
    throw new Error(`functions/${system}/contract.ts has routes, and no \`api\` with version and summary`);
  const own = join(import.meta.dirname, system, 'domain/errors.ts');
  const errors = existsSync(own) ? ((await import(own)) as object) : {};
  return openApiOf({
    system,
    ...api,
    routes: { ...routes, openapi: openApiRoute },
    schemas: schemasOf(contract),
    statuses: statusesOf(houseErrors, effectErrors, errors),
  });
};

const checkOnly = process.argv.includes('--check');
const systems = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name);
for (const system of systems) {
  const document = await documentOf(system);
  if (!document) continue;
  const file = join(import.meta.dirname, system, 'openapi.json');
  const wanted = `${JSON.stringify(document, null, 2)}\n`;
  const found = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (found === wanted) continue;
  const broken = found === '' ? [] : unannounced(JSON.parse(found), JSON.parse(wanted));
  if (broken.length > 0) {
    process.stderr.write(
      `functions/${system}: callers of the committed version would break:\n` +
        broken.map((line) => `  ${line}\n`).join('') +
        `Keep them, or raise the first number of \`api.version\` in functions/${system}/contract.ts.\n`,
    );
    process.exitCode = 1;
  } else if (checkOnly) {
    process.stderr.write(`functions/${system}/openapi.json is out of date: npm run generate\n`);
    process.exitCode = 1;
  } else {
    writeFileSync(file, wanted);
  }
}
