import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { run } from './child.ts';
import type { CloudFormation, DeployedStack } from './cloudformation.ts';
import { deployEnvironment } from './environment.ts';
import { type CloudPaths, ROOT } from './paths.ts';
import { CloudProblem } from './problem.ts';
import { secondsSince } from './progress.mjs';
import type { SynthesizedStack } from './synthesis.ts';
import { changedLayouts } from './table-layout.ts';

export interface Plan {
  /** Not there, or other than wanted. */
  readonly deploy: readonly string[];
  /** Half made; CloudFormation wants them deleted before the next try. */
  readonly remove: readonly { readonly name: string; readonly status: string }[];
  readonly unchanged: readonly string[];
}

/** A stack in one of these never was whole, so nothing is lost with it. */
const HALF_MADE = /^(ROLLBACK_|CREATE_FAILED|CREATE_IN_PROGRESS|REVIEW_IN_PROGRESS|DELETE_)/;
const WHOLE = /^(CREATE_COMPLETE|UPDATE_COMPLETE|UPDATE_ROLLBACK_COMPLETE)/;

/**
 * What has to be done to have the wanted stacks. The record to compare with is the template that CloudFormation
 * itself keeps: it names every asset by its hash, it is saved and lost with the state it describes, and it knows of
 * a `cdklocal deploy` by hand.
 * @throws {CloudProblem} the data have another table layout, or a stack is in a state that only a reset ends
 */
export const planDeployment = async (
  wanted: readonly SynthesizedStack[],
  found: readonly DeployedStack[],
  templateOf: CloudFormation['template'],
): Promise<Plan> => {
  const plan = {
    deploy: [] as string[],
    remove: [] as { name: string; status: string }[],
    unchanged: [] as string[],
  };
  for (const { name, template } of wanted) {
    const status = found.find((stack) => stack.name === name)?.status ?? 'DELETE_COMPLETE';
    if (status === 'DELETE_COMPLETE') plan.deploy.push(name);
    else if (HALF_MADE.test(status)) {
      plan.remove.push({ name, status });
      plan.deploy.push(name);
    } else if (!WHOLE.test(status)) {
      throw new CloudProblem(`The stack ${name} is in ${status}: an update of it was cut off.`, FORGET);
    } else {
      const deployed = await templateOf(name);
      refuseOtherLayout(name, changedLayouts(deployed, template));
      plan[isDeepStrictEqual(deployed, template) ? 'unchanged' : 'deploy'].push(name);
    }
  }
  return plan;
};

const FORGET = ['npm run reset forgets the local data; then npm start.'];

const refuseOtherLayout = (stack: string, tables: readonly string[]): void => {
  if (tables.length === 0) return;
  throw new CloudProblem(
    `The local data of ${stack} have an older table layout than this code: ${tables.join(', ')} has other keys.`,
    FORGET,
  );
};

export interface DeployOptions {
  readonly paths: CloudPaths;
  readonly port: number;
  readonly stacks: readonly string[];
  readonly verbose?: boolean;
  readonly signal?: AbortSignal;
  readonly onStack: (line: string) => void;
}

const CONCURRENCY = '8';

/**
 * Deploys stacks with `cdklocal`, side by side as far as their dependencies allow.
 * @throws {CloudProblem} a stack failed; it rolled back, and the next start deletes it before it tries again
 */
export const deployStacks = async ({
  paths,
  port,
  stacks,
  onStack,
  ...rest
}: DeployOptions): Promise<void> => {
  const failures: string[] = [];
  const begun = new Map<string, number>();
  await run({
    command: process.execPath,
    args: [
      join(ROOT, 'node_modules/aws-cdk-local/bin/cdklocal'),
      ...['deploy', ...stacks, '--exclusively', '--app', paths.assembly],
      ...['--concurrency', CONCURRENCY, '--asset-parallelism', '--require-approval', 'never'],
      ...['--method', 'direct', '--progress', 'events', '--no-notices'],
    ],
    cwd: ROOT,
    env: deployEnvironment(paths, port),
    log: join(paths.logs, 'deploy.log'),
    what: 'cdklocal deploy',
    onLine: (line) => {
      const [, stack] = /^(\S+): (?:start: Publishing|deploying)/.exec(line) ?? [];
      if (stack && !begun.has(stack)) begun.set(stack, performance.now());
      const [, mark, name = ''] = /^\s*(✅|❌)\s+(\S+)/u.exec(line) ?? [];
      const time = secondsSince(begun.get(name) ?? performance.now());
      if (mark) onStack(`${name} ${mark === '✅' ? 'deployed in' : 'failed after'} ${time}`);
      if (/_FAILED/.test(line) && failures.length < 10) failures.push(line.trim());
    },
    ...rest,
  }).catch((thrown: unknown) => {
    if (thrown instanceof CloudProblem && failures.length > 0) {
      throw new CloudProblem('A stack could not be deployed.', [
        ...failures.map((line) => `  ${line}`),
        ...thrown.remedies.slice(-1),
      ]);
    }
    throw thrown;
  });
};

/** Where `cdklocal bootstrap` would put assets; one S3 call instead of a stack and its eight seconds. */
export const assetsBucket = (account: string, region: string): string =>
  `cdk-hnb659fds-assets-${account}-${region}`;

/** Makes sure that the bucket for assets is there. */
export const ensureAssetsBucket = async (
  endpoint: string,
  account: string,
  region: string,
): Promise<void> => {
  const { CreateBucketCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    endpoint,
    region,
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  try {
    await client.send(new CreateBucketCommand({ Bucket: assetsBucket(account, region) }));
  } catch (thrown) {
    if (!(thrown instanceof Error && thrown.name === 'BucketAlreadyOwnedByYou')) throw thrown;
  } finally {
    client.destroy();
  }
};
