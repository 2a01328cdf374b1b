import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { run } from './child.ts';
import { deployEnvironment } from './environment.ts';
import { type CloudPaths, ROOT } from './paths.ts';

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

export interface SynthesisOptions {
  readonly paths: CloudPaths;
  readonly port: number;
  readonly verbose?: boolean;
  readonly signal?: AbortSignal;
}

/**
 * Writes the templates by running the app as the CDK's command line would, without its start-up time. What that adds
 * to the context is added here too, so that a later `npx cdklocal deploy` finds nothing changed.
 * @throws {CloudProblem} the app failed
 */
export const synthesize = async ({ paths, port, verbose = false, signal }: SynthesisOptions) => {
  const { context } = JSON.parse(readFileSync(join(ROOT, 'cdk.json'), 'utf8')) as { context: object };
  rmSync(paths.cdkOut, { recursive: true, force: true });
  await run({
    command: process.execPath,
    args: ['stacks/app.ts'],
    cwd: ROOT,
    env: {
      ...deployEnvironment(paths, port),
      CDK_OUTDIR: paths.cdkOut,
      CDK_CONTEXT_JSON: JSON.stringify({
        ...context,
        'aws:cdk:disable-version-reporting': true,
        'aws:cdk:bundling-stacks': ['**'],
      }),
    },
    log: join(paths.logs, 'synth.log'),
    what: 'The synthesis (node stacks/app.ts)',
    verbose,
    ...(signal ? { signal } : {}),
  });
  return stacksOf(paths.cdkOut);
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
