import { existsSync, globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.ts';
import { deployEnvironment } from './environment.ts';
import { hashOf, importedBy } from './made-of.ts';
import { type CloudPaths, ROOT, SHARED_PATHS } from './paths.ts';

/** One stack of the synthesized app. */
export interface SynthesizedStack {
  readonly name: string;
  /** The names of the stacks that must be there before it. */
  readonly after: readonly string[];
  readonly template: Template;
}

export interface Template {
  readonly Resources?: {
    readonly [logicalId: string]: { readonly Type: string; readonly Properties?: unknown };
  };
}

interface Artifact {
  readonly type: string;
  readonly dependencies?: readonly string[];
  readonly displayName?: string;
  readonly properties?: { readonly templateFile?: string; readonly stackName?: string };
}

const APP = 'stacks/app.ts';

export interface SynthesisOptions {
  readonly paths: CloudPaths;
  readonly port: number;
  readonly verbose?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes the templates by running the app as the CDK's command line would, without its start-up time. What that adds
 * to the context is added here too, so that a later `npx cdklocal deploy` finds nothing changed. Templates that were
 * made of the same files are taken as they are.
 * @throws {CloudProblem} the app failed
 */
export const synthesize = async ({ paths, port, verbose = false, signal }: SynthesisOptions) => {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
  const madeOf = join(paths.assembly, 'made-of');
  const sources = await sourcesOf(APP);
  if (existsSync(madeOf) && readFileSync(madeOf, 'utf8') === sources) return stacksOf(paths.assembly);
  rmSync(paths.assembly, { recursive: true, force: true });
  await run({
    command: process.execPath,
    args: [APP],
    cwd: ROOT,
    env: {
      ...deployEnvironment(paths, port),
      CDK_OUTDIR: paths.assembly,
      // Three quarters of the time, for findings that a start shows to nobody: validation.stack.test.ts asks for them.
      CDK_VALIDATION: 'false',
      CDK_CONTEXT_JSON: JSON.stringify({
        ...context,
        'aws:cdk:disable-version-reporting': true,
        'aws:cdk:bundling-stacks': ['**'],
      }),
    },
    log: join(paths.logs, 'synth.log'),
    what: `The synthesis (node ${APP})`,
    verbose,
    ...(signal ? { signal } : {}),
  });
  // Last: a synthesis that was cut off has none, and is made anew.
  writeFileSync(madeOf, sources);
  return stacksOf(paths.assembly);
};

/**
 * All that templates for the local cloud are made of, as one hash: the app with every file that it imports, the built
 * functions, the packages, the context. Neither the port nor the city's folder is in a template.
 */
const sourcesOf = async (app: string): Promise<string> => {
  const built = globSync('**/*', { cwd: join(SHARED_PATHS.build, 'local'), withFileTypes: true })
    // A build beside this one writes under a name with its number, then puts the file in place.
    .filter((entry) => entry.isFile() && !/\.\d+$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
  const files = ['cdk.json', 'package-lock.json', ...(await importedBy(app)), ...built];
  return hashOf(files.toSorted(), process.version);
};

/** The stacks of a folder that a synthesis wrote. */
export const stacksOf = (folder: string): readonly SynthesizedStack[] => {
  const { artifacts = {} } = readJson<{ artifacts?: { [id: string]: Artifact } }>(
    join(folder, 'manifest.json'),
  );
  const names = new Map(
    Object.entries(artifacts)
      .filter(([, { type }]) => type === 'aws:cloudformation:stack')
      .map(([id, { properties }]) => [id, properties?.stackName ?? id]),
  );
  return [...names].map(([id, name]) => ({
    name,
    after: (artifacts[id]?.dependencies ?? []).flatMap((other) => names.get(other) ?? []),
    template: readJson<Template>(
      join(folder, artifacts[id]?.properties?.templateFile ?? `${id}.template.json`),
    ),
  }));
};

/** The manifest that the app wrote beside the templates; empty where there is none. */
export const readManifest = (folder: string): { readonly systems: { readonly [system: string]: object } } => {
  const file = join(folder, 'city.json');
  return existsSync(file) ? readJson(file) : { systems: {} };
};

const readJson = <T>(file: string): T => JSON.parse(readFileSync(file, 'utf8')) as T;
