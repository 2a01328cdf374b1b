import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import type { Lambda } from './lambdas.ts';
import { leaveOut } from './left-out.ts';
import { ROOT, SHARED_PATHS } from './paths.ts';
import { writeWhole } from './whole.ts';

export interface Built {
  /** What of which package is in each bundle. */
  readonly metafile: Metafile;
  /** The folders that became assets. */
  readonly folders: readonly string[];
}

/**
 * How our Lambdas are bundled, for both clouds. CommonJS, because an ESM import of `node:http` makes Node read every
 * export of it and so load undici, 50 ms; `module` before `main`, because only the ESM builds of packages lose what
 * is not used.
 */
export const bundleOptions = {
  bundle: true,
  minify: true,
  keepNames: false,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  mainFields: ['module', 'main'],
  absWorkingDir: ROOT,
  metafile: true,
  write: false,
  logLevel: 'silent',
  plugins: [leaveOut],
} as const satisfies BuildOptions;

/**
 * Packs one asset a system for the local cloud: the runtime's bootstrap, one bundle of all its handlers, each loaded
 * on first use, and for each Lambda a file of one line. The emulator holds a function's whole asset in memory with each
 * function, and unpacks each distinct one once; fourteen handlers with the house's packages measured 176 kB gzip this
 * way and 1,682 kB as files of their own, for 12 ms more at a cold start.
 */
export const bundleLocal = async (
  lambdas: readonly Lambda[],
  folder = join(SHARED_PATHS.build, 'local'),
  packages: BuildOptions['packages'] = 'bundle',
): Promise<Built> => {
  const systems = Map.groupBy(lambdas, ({ system }) => system);
  const result = await build({
    ...bundleOptions,
    packages,
    plugins: [...bundleOptions.plugins, systemModules(systems)],
    entryPoints: [...systems.keys()].map((system) => ({
      in: `system:${system}`,
      out: join(system, 'system'),
    })),
    outdir: folder,
  });
  const bootstrap = readFileSync(SHARED_PATHS.bootstrap, 'utf8');
  const bundles = new Map(result.outputFiles.map(({ path, text }) => [path, text]));
  for (const [system, members] of systems) {
    const asset = join(folder, system);
    const bundle = join(asset, 'system.js');
    place(
      asset,
      new Map([
        [bundle, bundles.get(bundle) ?? ''],
        [join(asset, 'bootstrap'), bootstrap],
        // The emulator unpacks assets below this project, whose own package.json says that .js files are ES modules.
        [join(asset, 'package.json'), '{ "type": "commonjs" }\n'],
        ...members.map(
          ({ file }) =>
            [join(asset, `${file}.js`), `module.exports = require('./system.js')['${file}']();\n`] as const,
        ),
      ]),
    );
    chmodSync(join(asset, 'bootstrap'), 0o755);
  }
  return { metafile: result.metafile, folders: [...systems.keys()].map((system) => join(folder, system)) };
};

/**
 * The virtual module `system:<name>`: every handler of the system behind a function, so that each loads alone, and
 * inside of what makes it fail on command.
 */
const systemModules = (systems: ReadonlyMap<string, readonly Lambda[]>): Plugin => ({
  name: 'system-modules',
  setup: (bundler) => {
    bundler.onResolve({ filter: /^system:/ }, ({ path }) => ({
      path: path.slice('system:'.length),
      namespace: 'system',
    }));
    bundler.onLoad({ filter: /.*/, namespace: 'system' }, ({ path: system }) => ({
      contents: `const { withFaults } = require('./shared/faults/armed.ts');
const faulty = ({ handler }) => ({ handler: withFaults(handler) });
module.exports = {\n${(systems.get(system) ?? [])
        .map(
          ({ file, entry }) =>
            `  ${JSON.stringify(file)}: () => faulty(require(${JSON.stringify(entry)})),\n`,
        )
        .join('')}};\n`,
      resolveDir: ROOT,
    }));
  },
});

/** Packs one asset a function for AWS, `<system>-<file>/index.js`: a cold start loads only its own code. */
export const bundleAws = async (
  lambdas: readonly Lambda[],
  folder = join(SHARED_PATHS.build, 'aws'),
): Promise<Built> => {
  const result = await build({
    ...bundleOptions,
    entryPoints: lambdas.map(({ name, entry }) => ({ in: entry, out: join(name, 'index') })),
    outdir: folder,
  });
  place(folder, new Map(result.outputFiles.map(({ path, text }) => [path, text])));
  return { metafile: result.metafile, folders: lambdas.map(({ name }) => join(folder, name)) };
};

/**
 * Makes a folder hold exactly these files. What is the same is not touched and the rest is put in place whole, so
 * that two builds at once, one of them of a test's, do not see each other's halves.
 */
const place = (folder: string, files: ReadonlyMap<string, string>): void => {
  for (const [path, text] of files) {
    if (existsSync(path) && readFileSync(path, 'utf8') === text) continue;
    writeWhole(path, text);
  }
  const wanted = new Set([...files.keys()].map((path) => relative(folder, path)));
  for (const entry of existsSync(folder)
    ? readdirSync(folder, { recursive: true, withFileTypes: true })
    : []) {
    const path = join(entry.parentPath, entry.name);
    const isOurs = !/\.\d+$/.test(entry.name);
    if (entry.isFile() && isOurs && !wanted.has(relative(folder, path))) rmSync(path);
  }
};
