import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.ts';

/** One deployable function: `<system>-<file>`, its handler exported as `handler`. */
export interface Lambda {
  readonly system: string;
  /** The file's name without its ending. */
  readonly file: string;
  readonly name: string;
  /** The absolute path of the TypeScript file. */
  readonly entry: string;
}

/** Who calls: the only folders of a system whose files are Lambdas. */
const CALLERS = ['doors', 'steps', 'consumers'] as const;

/**
 * Every Lambda of the city, read from the folders: one file is one function.
 * @throws {Error} two files of one system have the same name
 */
export const listLambdas = (functions = join(ROOT, 'functions')): readonly Lambda[] => {
  const lambdas = foldersIn(functions).flatMap((system) =>
    CALLERS.flatMap((caller) => filesOf(join(functions, system), caller)).map(({ file, entry }) => ({
      system,
      file,
      name: `${system}-${file}`,
      entry,
    })),
  );
  const seen = new Map<string, string>();
  for (const { name, entry } of lambdas) {
    const other = seen.get(name);
    if (other) throw new Error(`${entry} and ${other} would both be the function ${name}`);
    seen.set(name, entry);
  }
  return lambdas;
};

const foldersIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .filter((entry) => entry.isDirectory())
        .map(({ name }) => name)
        .sort()
    : [];

/** A caller is a folder of Lambdas, or one file while there is only one. */
const filesOf = (system: string, caller: string): { file: string; entry: string }[] => {
  const single = join(system, `${caller}.ts`);
  if (existsSync(single)) return [{ file: caller, entry: single }];
  const folder = join(system, caller);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    .sort()
    .map((name) => ({ file: name.slice(0, -'.ts'.length), entry: join(folder, name) }));
};
