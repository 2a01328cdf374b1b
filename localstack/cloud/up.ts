import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { bundleChanged } from './bundle-changed.ts';
import { type CityFile, describeCity, leftOver, readCity, writeCity } from './city.ts';
import { type CloudFormation, cloudFormation } from './cloudformation.ts';
import { deployStacks, ensureAssetsBucket, planDeployment } from './deploy.ts';
import { emulatorStatus, isHealthy, type RunRecord, startEmulator, stopEmulator } from './emulator.ts';
import { ACCOUNT, adoptLocalCloud, endpointOf, REGION } from './environment.ts';
import { listLambdas } from './lambdas.ts';
import { exclusively } from './lock.ts';
import { buildPage, pageAddress, pageBuiltBefore, publishPage } from './page.ts';
import { type CloudPaths, SHARED_PATHS } from './paths.ts';
import { CloudProblem, messageOf } from './problem.ts';
import type { Progress } from './progress.mjs';
import { readManifest, type SynthesizedStack, synthesize } from './synthesis.ts';
import { ensureVenv } from './venv.ts';

export const DEFAULT_PORT = 4566;

export interface UpOptions {
  readonly paths: CloudPaths;
  /** @default the port of the cloud that runs, else 4566 */
  readonly port?: number | undefined;
  /** Only these stacks; those that they need come along. @default all */
  readonly systems?: readonly string[];
  /** The corrections of the emulator, as launch.py reads them. @default DABBA_CORRECTIONS, else all */
  readonly corrections?: string | undefined;
  /** Deletes what earlier code deployed and this code no longer has. @default it is named, and kept with its data */
  readonly prune?: boolean;
  readonly verbose?: boolean;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  /** What to do in the city once it is deployed. When that fails, the city keeps running, to be looked at. */
  readonly afterwards?: (city: CityFile) => Promise<void>;
}

const SETTLED_WITHIN_MS = 15_000;
const POLL_MS = 200;

/**
 * Brings the city to the state of the code: starts the emulator unless it runs, builds, deploys what has changed.
 * When it fails, or is interrupted, an emulator that it started is stopped again, its data saved.
 * @throws {CloudProblem} with what to do
 */
export const up = (options: UpOptions): Promise<CityFile> =>
  exclusively(options.paths, 'up', async () => {
    const { run, startedHere } = await running(options);
    adoptLocalCloud(options.paths, run.port);
    const cfn = cloudFormation(endpointOf(run.port));
    let city: CityFile | undefined;
    try {
      city = await deploy(options, run.port, cfn);
      if (options.afterwards) await unlessAborted(options.signal, options.afterwards(city));
      return city;
    } catch (thrown) {
      const { aborted } = options.signal;
      const alive = emulatorStatus(options.paths).kind === 'running';
      if (startedHere && (city === undefined || aborted)) await stopAgain(options, cfn);
      throw alive || aborted ? thrown : diedMeanwhile(options.paths, thrown);
    } finally {
      cfn.close();
    }
  });

/** The emulator, started here or found. */
const running = async (options: UpOptions): Promise<{ run: RunRecord; startedHere: boolean }> => {
  const { paths, progress, signal, verbose = false } = options;
  const status = emulatorStatus(paths);
  if (status.kind === 'running') return { run: await reuse(status.run, options), startedHere: false };
  if (status.kind === 'died') {
    progress.note(
      `The last stop was not clean: the emulator (process ${status.run.pid}, started ${status.run.startedAt}) ended ` +
        'without saving. The data are those of the last clean stop.',
    );
  }
  await progress.step('Emulator: install', () =>
    ensureVenv({
      folder: SHARED_PATHS.venv,
      requirements: SHARED_PATHS.requirements,
      log: join(paths.logs, 'emulator-install'),
      verbose,
      signal,
    }),
  );
  const port = options.port ?? DEFAULT_PORT;
  const run = await progress.step(`Emulator: start on port ${port}`, () =>
    startEmulator(paths, port, {
      signal,
      ...(options.corrections ? { corrections: options.corrections } : {}),
    }),
  );
  return { run, startedHere: true };
};

const reuse = async (run: RunRecord, { port, corrections, progress }: UpOptions): Promise<RunRecord> => {
  if (port !== undefined && port !== run.port) {
    throw new CloudProblem(`The cloud runs already, on port ${run.port}.`, [
      `npm stop, then npm start -- --port ${port}, moves it there with its data.`,
    ]);
  }
  if (corrections !== undefined && corrections !== run.corrections) {
    throw new CloudProblem(
      `The cloud runs already, with these corrections of the emulator: ${run.corrections}.`,
      ['npm stop, then the same command again, starts it with others and keeps its data.'],
    );
  }
  if (!(await isHealthy(run.port))) {
    throw new CloudProblem(
      `The emulator (process ${run.pid}) runs, but does not answer on port ${run.port}.`,
      ['npm stop, then npm start'],
    );
  }
  progress.note(`The cloud runs already, on port ${run.port}; what has changed is deployed to it.`);
  return run;
};

const deploy = async (options: UpOptions, port: number, cfn: CloudFormation): Promise<CityFile> => {
  const { paths, progress, signal, verbose = false } = options;
  const lambdas = listLambdas();
  await progress.step(`Build: ${lambdas.length} functions`, async (detail) => {
    const built = await bundleChanged(lambdas).catch((cause: unknown) => {
      throw new CloudProblem('The functions could not be built.', messageOf(cause).split('\n'), { cause });
    });
    if (built.length === 0) detail('unchanged');
  });
  signal.throwIfAborted();
  const all = await progress.step('Synthesis: the stacks', () =>
    synthesize({ paths, port, verbose, signal }),
  );
  const wanted = withNeeds(all, options.systems);
  await progress.step(`Deploy: ${wanted.length} stacks`, async (detail) => {
    const plan = await planDeployment(wanted, await cfn.list(), cfn.template);
    for (const { name, status } of plan.remove) {
      progress.note(`${name} was left in ${status} by an earlier try; it is deleted and made anew.`);
      await cfn.remove(name);
    }
    if (plan.unchanged.length > 0) detail(`${plan.unchanged.length} unchanged`);
    if (plan.deploy.length === 0) return;
    await ensureAssetsBucket(endpointOf(port), ACCOUNT, REGION);
    await deployStacks({ paths, port, stacks: plan.deploy, verbose, signal, onStack: progress.note });
  });
  const names = all.map(({ name }) => name);
  const running = await cfn.list();
  const left = leftOver(
    existsSync(paths.city) ? readCity(paths) : undefined,
    running.map(({ name }) => name),
    names,
  );
  const kept = await removeOrName(left, options, cfn);
  const ours = running.filter(({ name }) => names.includes(name));
  const city = { ...describeCity(readManifest(paths.assembly), ours, port), left: kept };
  writeCity(paths, city);
  await showPage(options, city);
  return city;
};

/** The page is built only when its sources have changed. */
const showPage = async (options: UpOptions, city: CityFile): Promise<void> => {
  const { paths, verbose = false, progress, signal } = options;
  if (pageAddress(city) === undefined) return;
  const { page, exists } = await pageBuiltBefore();
  if (!exists) await progress.step('Console: build', () => buildPage(page, { paths, verbose, signal }));
  await progress.step('Console: publish', async (detail) => {
    if (!(await publishPage(page, city))) detail('unchanged');
  });
};

/** Its data would go with it, and another branch of the code may want them tomorrow: so only when it is asked for. */
const removeOrName = async (
  left: readonly string[],
  { prune = false, progress }: UpOptions,
  cfn: CloudFormation,
): Promise<readonly string[]> => {
  if (left.length === 0) return [];
  if (!prune) {
    progress.note(
      `No longer in the code, but still in the cloud: ${left.join(', ')}. npx --no dabba deploy --prune deletes it with its data.`,
    );
    return left;
  }
  // Those that came last may need the others.
  for (const name of left.toReversed()) await progress.step(`Delete: ${name}`, () => cfn.remove(name));
  return [];
};

/** The named stacks and all that must be there before them. */
const withNeeds = (
  all: readonly SynthesizedStack[],
  names: readonly string[] | undefined,
): readonly SynthesizedStack[] => {
  if (!names || names.length === 0) return all;
  const wanted = new Set<string>();
  const add = (name: string): void => {
    const stack = all.find((candidate) => candidate.name === name);
    if (!stack) {
      throw new CloudProblem(`There is no system called ${name}.`, [
        `There are: ${all.map((candidate) => candidate.name).join(', ')}`,
      ]);
    }
    if (wanted.has(name)) return;
    wanted.add(name);
    stack.after.forEach(add);
  };
  names.forEach(add);
  return all.filter(({ name }) => wanted.has(name));
};

const unlessAborted = async (signal: AbortSignal, work: Promise<void>): Promise<void> => {
  signal.throwIfAborted();
  const aborted = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true });
  });
  await Promise.race([work, aborted]);
};

/** Stops what this command started, once CloudFormation is done with what was under way. */
const stopAgain = async ({ paths, progress }: UpOptions, cfn: CloudFormation): Promise<void> => {
  await progress
    .step('Emulator: stop again', async () => {
      await settled(cfn);
      await stopEmulator(paths);
    })
    .catch((thrown: unknown) => progress.note(messageOf(thrown)));
};

const settled = async (cfn: CloudFormation): Promise<void> => {
  const deadline = Date.now() + SETTLED_WITHIN_MS;
  const busy = async () =>
    (await cfn.list().catch(() => [])).some(({ status }) => status.endsWith('_IN_PROGRESS'));
  while (Date.now() < deadline && (await busy())) await pause(POLL_MS);
};

const diedMeanwhile = (paths: CloudPaths, cause: unknown): CloudProblem =>
  new CloudProblem(
    'The emulator died meanwhile.',
    [
      ...(existsSync(paths.emulatorLog) ? [`Its log: ${paths.emulatorLog}`] : []),
      'npm start begins again with the data of the last clean stop.',
    ],
    { cause },
  );
