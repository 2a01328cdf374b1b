/** Many idle WebSocket connections: how long they take to open, and what they cost the emulator. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
} from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { REGION } from '../../localstack/cloud/environment.ts';
import { CloudProblem } from '../../localstack/cloud/problem.ts';
import { type Cloud, clientConfig, KINDS, type Kind, onCloud, processOf } from './clouds.ts';
import { hasProc, mostDescriptors, usageOf, workedSeconds } from './process.ts';
import { figures, type Measured, median, spread } from './report.ts';
import { makeRole, makeSmall } from './small.ts';
import type { Opened, Order } from './sockets.ts';

const SIZES = {
  full: { counts: [5_000, 10_000], rounds: 3, idleMs: 10_000 },
  quick: { counts: [200], rounds: 1, idleMs: 1_000 },
} as const;

/** As many as a page of a busy site would cause; more only wait in the emulator's own queue. */
const AT_ONCE = 64;
/** Stock opens the more slowly the more there are, so it is not waited for all of them. */
const WITHIN_MS = 120_000;
/** What client and emulator have open beside the connections. */
const SPARE_DESCRIPTORS = 500;
/** After the last has opened: what the opening left to do is done. */
const SETTLED_MS = 3_000;

/** What so many connections did. */
interface Held extends Opened {
  /** Of the emulator, in millions of bytes: all of it, and what came with the connections. NaN where /proc is not. */
  readonly memory: number;
  readonly grown: number;
  /** Hundredths of one core that the emulator took while nothing was sent. */
  readonly idlePercent: number;
}

/** Each on an emulator of its own, as neither gives memory back; the rounds alternate between both. */
export const websockets = async (size: keyof typeof SIZES): Promise<Measured> => {
  const { counts, rounds, idleMs } = SIZES[size];
  const needed = Math.max(...counts) + SPARE_DESCRIPTORS;
  if (mostDescriptors() < needed) {
    throw new CloudProblem(
      `A process may open only ${mostDescriptors()} files here, and ${needed} are needed.`,
      [`ulimit -Hn ${needed}, in a shell that may raise it, then the same command again`],
    );
  }
  const rows: string[][] = [];
  for (const count of counts) {
    const found: { [kind in Kind]: Held[] } = { stock: [], corrected: [] };
    for (let round = 0; round < rounds; round++) {
      for (const kind of round % 2 === 0 ? KINDS : KINDS.toReversed()) {
        found[kind].push(await onCloud(kind, (cloud) => hold(cloud, count, idleMs)));
      }
    }
    for (const kind of KINDS) rows.push(rowOf(count, kind, found[kind]));
  }
  return {
    bars: [],
    tables: [
      {
        head: [
          'Connections',
          'Open',
          'Refused',
          'To open, s',
          'Opened a second',
          'Memory, MB',
          'Of it theirs, MB',
          'Idle, % of a core',
        ],
        rows,
      },
    ],
  };
};

const rowOf = (count: number, kind: Kind, held: readonly Held[]): string[] => {
  const all = (of: (one: Held) => number): number[] => held.map(of);
  const fewest = Math.min(...all(({ open }) => open));
  const told = (values: readonly number[]) => (hasProc ? spread(values) : '–');
  return [
    `${count}, ${kind}`,
    fewest === count ? String(count) : `${spread(all(({ open }) => open))}`,
    figures(median(all(({ failed }) => failed))),
    spread(all(({ seconds }) => seconds)),
    spread(all(({ open, seconds }) => open / seconds)),
    told(all(({ memory }) => memory)),
    told(all(({ grown }) => grown)),
    told(all(({ idlePercent }) => idlePercent)),
  ];
};

const hold = async (cloud: Cloud, count: number, idleMs: number): Promise<Held> => {
  const url = await makeApi(cloud);
  const pid = processOf(cloud);
  const memoryNow = () => (hasProc ? usageOf(pid).memory : Number.NaN);
  const workedNow = () => (hasProc ? workedSeconds(pid) : Number.NaN);
  const before = memoryNow();
  const client = fork(join(import.meta.dirname, 'sockets.ts'));
  try {
    const opened = await order(client, { url, count, atOnce: AT_ONCE, withinMs: WITHIN_MS });
    await pause(SETTLED_MS);
    const memory = memoryNow();
    const worked = workedNow();
    const began = performance.now();
    await pause(idleMs);
    const idlePercent = ((workedNow() - worked) / ((performance.now() - began) / 1_000)) * 100;
    return { ...opened, memory, grown: memory - before, idlePercent };
  } finally {
    // Nothing of it is kept, and stock would call its Lambda for every connection that closes.
    process.kill(pid, 'SIGKILL');
    client.kill();
  }
};

const order = (client: ReturnType<typeof fork>, sent: Order): Promise<Opened> =>
  new Promise((resolve, reject) => {
    client.once('message', (opened) => resolve(opened as Opened));
    client.once('error', reject);
    client.once('exit', (code) => reject(new Error(`The client ended with ${code} before it had told`)));
    client.send(sent);
  });

/** An API with nothing but a default route to a small Lambda: a connection calls nothing, unless it is stock. */
const makeApi = async (cloud: Cloud): Promise<string> => {
  const arn = await makeSmall(cloud, await makeRole(cloud), { name: 'small' });
  const gateway = new ApiGatewayV2Client(clientConfig(cloud));
  const { ApiId } = await gateway.send(
    new CreateApiCommand({
      Name: 'sockets',
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
  );
  await new LambdaClient(clientConfig(cloud)).send(
    new AddPermissionCommand({
      FunctionName: 'small',
      StatementId: 'gateway',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
  const { IntegrationId } = await gateway.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: `arn:aws:apigateway:${REGION}:lambda:path/2015-03-31/functions/${arn}/invocations`,
    }),
  );
  await gateway.send(
    new CreateRouteCommand({ ApiId, RouteKey: '$default', Target: `integrations/${IntegrationId}` }),
  );
  await gateway.send(new CreateStageCommand({ ApiId, StageName: 'live', AutoDeploy: true }));
  return `${cloud.endpoint}/_aws/execute-api/${ApiId}/live`;
};
