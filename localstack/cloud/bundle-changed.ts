import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Metafile, version } from 'esbuild';
import { bundleLocal } from './bundle.ts';
import type { Lambda } from './lambdas.ts';
import { hashOf } from './made-of.ts';
import { SHARED_PATHS } from './paths.ts';
import { writeWhole } from './whole.ts';

/** What an asset was made of. */
interface MadeOf {
  /** Our own files that are in it, relative to the project. */
  readonly files: readonly string[];
  /** Over their contents, and over all else that an asset depends on. */
  readonly hash: string;
}

/** What every asset depends on, beside the files that it imports: packages, and how we pack. */
const OF_ALL = ['package-lock.json', 'localstack/cloud/bundle.ts', 'localstack/cloud/left-out.ts'];

/**
 * Packs the systems of the local cloud that are made of other files than the last time; the others are taken as they are.
 * @returns the names of those that were packed
 * @throws {Error} esbuild's, which names file and line: nothing was put in place
 */
export const bundleChanged = async (
  lambdas: readonly Lambda[],
  folder = join(SHARED_PATHS.build, 'local'),
  pack: typeof bundleLocal = bundleLocal,
): Promise<readonly string[]> => {
  const systems = Map.groupBy(lambdas, ({ system }) => system);
  for (const { name } of existsSync(folder) ? readdirSync(folder, { withFileTypes: true }) : []) {
    if (!systems.has(name)) rmSync(join(folder, name), { recursive: true });
  }
  const changed = [...systems].filter(([system, members]) => !isMadeOfTheSame(folder, system, members));
  if (changed.length === 0) return [];
  for (const [system] of changed) rmSync(recordOf(folder, system), { force: true });
  const { metafile } = await pack(
    changed.flatMap(([, members]) => members),
    folder,
  );
  // Last: a build that was cut off has no record, and is made anew.
  for (const [system, members] of changed) {
    const files = ownFilesOf(metafile, `system:${system}`);
    const record: MadeOf = { files, hash: madeOf(files, join(folder, system), members) };
    writeWhole(recordOf(folder, system), JSON.stringify(record));
  }
  return changed.map(([system]) => system);
};

/** Beside the assets, not in them: an asset with its record would be another one after each change of a comment. */
const recordOf = (folder: string, system: string): string => join(`${folder}-made-of`, `${system}.json`);

const isMadeOfTheSame = (folder: string, system: string, members: readonly Lambda[]): boolean => {
  const record = recordOf(folder, system);
  if (!existsSync(record)) return false;
  const { files, hash } = JSON.parse(readFileSync(record, 'utf8')) as MadeOf;
  return hash === madeOf(files, join(folder, system), members);
};

/** The asset counts too: tests of templates pack one as well. */
const madeOf = (files: readonly string[], asset: string, members: readonly Lambda[]): string => {
  const packed = ['system.js', 'bootstrap', 'package.json', ...members.map(({ file }) => `${file}.js`)];
  const parts = [...OF_ALL, SHARED_PATHS.bootstrap, ...files, ...packed.map((name) => join(asset, name))];
  return hashOf(parts, [version, ...members.map(({ file, entry }) => `${file} ${entry}`)].join('\n'));
};

/** What can be reached from an entry by imports, whether anything of it is left in the bundle or not. */
const ownFilesOf = ({ inputs }: Metafile, entry: string): string[] => {
  const reached = new Set([entry]);
  for (const input of reached) {
    for (const { path, external } of inputs[input]?.imports ?? []) if (!external) reached.add(path);
  }
  return [...reached].filter((file) => file !== entry && !file.includes('node_modules/')).toSorted();
};
