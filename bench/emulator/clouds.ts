/** The two emulators that are compared, and how both are measured in turn. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emulatorStatus } from '../../localstack/cloud/emulator.ts';
import { REGION } from '../../localstack/cloud/environment.ts';
import { type OwnCloud, ownCloud } from '../../localstack/parity/harness/own-cloud.ts';

/** MiniStack as it comes, and as `npm start` starts it; the gate stands before both. */
export const KINDS = ['stock', 'corrected'] as const;
export type Kind = (typeof KINDS)[number];

export interface Cloud extends OwnCloud {
  readonly kind: Kind;
  readonly port: number;
}

/** @throws {CloudProblem} it did not start */
const startCloud = async (kind: Kind): Promise<Cloud> => {
  const own = await ownCloud(kind === 'stock' ? 'stock' : 'local');
  // The emulator's own Node runtime is a .js file below this project, whose package.json would make it an ES module.
  writeFileSync(join(own.paths.home, 'package.json'), '{ "type": "commonjs" }\n');
  return { ...own, kind, port: Number(new URL(own.endpoint).port) };
};

/**
 * The process of its emulator; another one after a restart.
 * @throws {Error} it does not run
 */
export const processOf = ({ paths }: Pick<Cloud, 'paths'>): number => {
  const status = emulatorStatus(paths);
  if (status.kind !== 'running') throw new Error(`The emulator does not run: it has ${status.kind}`);
  return status.run.pid;
};

/** What an SDK client of this cloud is made with. */
export const clientConfig = ({ endpoint }: Pick<Cloud, 'endpoint'>) => ({
  endpoint,
  region: REGION,
  credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
});

/** Starts one emulator, works with it and forgets it. */
export const onCloud = async <T>(kind: Kind, work: (cloud: Cloud) => Promise<T>): Promise<T> => {
  const cloud = await startCloud(kind);
  // After Ctrl-C; its emulator is killed by then.
  const forget = () => rmSync(cloud.paths.home, { recursive: true, force: true });
  process.once('exit', forget);
  try {
    return await work(cloud);
  } finally {
    process.off('exit', forget);
    await cloud.end();
  }
};

export type Pair<T> = { readonly [kind in Kind]: T };

/** Starts both, works with them and forgets them. */
export const onBoth = <T>(work: (clouds: Pair<Cloud>) => Promise<T>): Promise<T> =>
  onCloud('stock', (stock) => onCloud('corrected', (corrected) => work({ stock, corrected })));

/**
 * Measures one thing after the other, so many rounds, every second round backwards: whatever else the machine does
 * meets all alike.
 * @returns the samples of each, in order
 */
export const inTurns = async <Name extends string>(
  rounds: number,
  names: readonly Name[],
  measure: (name: Name) => Promise<number>,
): Promise<{ readonly [name in Name]: number[] }> => {
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as {
    [name in Name]: number[];
  };
  for (let round = 0; round < rounds; round++) {
    for (const name of round % 2 === 0 ? names : names.toReversed()) samples[name].push(await measure(name));
  }
  return samples;
};
