/** How long 120 functions take to deploy, each with code of its own. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { App, CliCredentialsStackSynthesizer, type IStackSynthesizer, Stack } from 'aws-cdk-lib/core';
import { deployStacks, ensureAssetsBucket } from '../../localstack/cloud/deploy.ts';
import { ACCOUNT, REGION } from '../../localstack/cloud/environment.ts';
import { SHARED_PATHS } from '../../localstack/cloud/paths.ts';
import { type Cloud, inTurns, KINDS, type Kind, onCloud } from './clouds.ts';
import { type Measured, median, spread } from './report.ts';

const SIZES = {
  full: { stacks: 10, functionsOfEach: 12, rounds: 3 },
  quick: { stacks: 2, functionsOfEach: 3, rounds: 1 },
} as const;

/** Stock against corrected, each time on an emulator that has nothing yet. */
export const deploy = async (size: keyof typeof SIZES): Promise<Measured> => {
  const { stacks, functionsOfEach, rounds } = SIZES[size];
  const folder = mkdtempSync(join(tmpdir(), 'bench-deploy-'));
  try {
    const names = synthesized(folder, stacks, functionsOfEach);
    const assembly = join(folder, 'assembly');
    const { stock, corrected } = await inTurns(rounds, KINDS, (kind) => deployed(kind, assembly, names));
    return {
      bars: [],
      tables: [
        {
          head: ['Functions', 'Stacks', 'Stock, s', 'Corrected, s', 'Ratio'],
          rows: [
            [
              String(stacks * functionsOfEach),
              String(stacks),
              spread(stock),
              spread(corrected),
              (median(corrected) / median(stock)).toFixed(2),
            ],
          ],
        },
      ],
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

/** Seconds of one `cdklocal deploy`. */
const deployed = (kind: Kind, assembly: string, stacks: readonly string[]): Promise<number> =>
  onCloud(kind, async ({ paths, port, endpoint }: Cloud) => {
    cpSync(assembly, paths.assembly, { recursive: true });
    await ensureAssetsBucket(endpoint, ACCOUNT, REGION);
    const started = performance.now();
    await deployStacks({ paths, port, stacks, onStack: () => undefined });
    return (performance.now() - started) / 1_000;
  });

/** Writes the assembly; the synthesis is the same for both and does not count. */
const synthesized = (folder: string, stacks: number, functionsOfEach: number): string[] => {
  const app = new App({ outdir: join(folder, 'assembly'), analyticsReporting: false });
  const names = range(stacks).map((stack) => `bench-${stack}`);
  for (const name of names) {
    const stack = new Stack(app, name, {
      synthesizer: new CliCredentialsStackSynthesizer() as IStackSynthesizer,
    });
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    for (const number of range(functionsOfEach)) {
      new LambdaFunction(stack, `Function${number}`, {
        functionName: `${name}-${number}`,
        runtime: Runtime.PROVIDED_AL2023,
        handler: 'index.handler',
        code: Code.fromAsset(asset(join(folder, `${name}-${number}`))),
        role,
      });
    }
  }
  app.synth();
  return names;
};

const range = (length: number): number[] => Array.from({ length }, (_, number) => number);

/** Code that no other function has, packed as ours is. */
const asset = (folder: string): string => {
  mkdirSync(folder);
  writeFileSync(join(folder, 'bootstrap'), readFileSync(SHARED_PATHS.bootstrap), { mode: 0o755 });
  writeFileSync(join(folder, 'package.json'), '{ "type": "commonjs" }\n');
  writeFileSync(join(folder, 'index.js'), `exports.handler = async () => ${JSON.stringify(folder)};\n`);
  return folder;
};
