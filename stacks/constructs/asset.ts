import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Target } from './target.ts';

const BUILD = '.cloud/build';

/** Where the build (`localstack/cloud/build.ts`) puts the code of a Lambda, and which export runs. */
export const assetOf = ({ system, file, target }: { system: string; file: string; target: Target }) =>
  target === 'local'
    ? // One asset a system: the emulator's custom runtime starts our own bootstrap with it.
      { folder: `${BUILD}/local/${system}`, handler: `${file}.handler` }
    : { folder: `${BUILD}/aws/${system}-${file}`, handler: 'index.handler' };

/**
 * Where the build puts the console's page: there is one, named by its sources.
 * @throws {Error} it is not built
 */
export const pageFolder = (build = BUILD): string => {
  const [name, ...others] = readdirSync(build).filter((entry) => /^console-[0-9a-f]{16}$/.test(entry));
  if (name === undefined || others.length > 0) {
    throw new Error(
      `${build} has ${others.length > 0 ? 'more than one' : 'no'} page of the console: node localstack/cloud/build.ts`,
    );
  }
  return join(build, name);
};
