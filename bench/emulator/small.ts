/** A Lambda that does nothing, and clients that call it. */
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from '@aws-sdk/client-iam';
import {
  CreateFunctionCommand,
  LambdaClient,
  type Runtime,
  waitUntilFunctionActiveV2,
} from '@aws-sdk/client-lambda';
import { REGION } from '../../localstack/cloud/environment.ts';
import { SHARED_PATHS } from '../../localstack/cloud/paths.ts';
import { zipOf } from '../../localstack/emulator/zip.ts';
import { trust } from '../../localstack/parity/harness/iam.ts';
import { type Cloud, clientConfig } from './clouds.ts';

/** Says nothing, or one line; nothing else is done. */
const HANDLER = `exports.silent = async (event) => event;
exports.speaks = async (event) => { console.log('called'); return event; };
`;

/** A role that Lambda and Step Functions may take, with these actions on everything. */
export const makeRole = async (cloud: Cloud, actions: readonly string[] = []): Promise<string> => {
  const iam = new IAMClient(clientConfig(cloud));
  const { Role } = await iam.send(
    new CreateRoleCommand({ RoleName: 'bench', AssumeRolePolicyDocument: trust('lambda', 'states') }),
  );
  if (actions.length > 0) {
    const PolicyDocument = JSON.stringify({
      Version: '2012-10-17',
      Statement: [{ Effect: 'Allow', Action: actions, Resource: '*' }],
    });
    await iam.send(new PutRolePolicyCommand({ RoleName: 'bench', PolicyName: 'only', PolicyDocument }));
  }
  iam.destroy();
  return Role?.Arn ?? '';
};

export interface Small {
  readonly name: string;
  /** Ours, as every function of the city is packed, or the emulator's own for Node. @default ours */
  readonly runtime?: 'ours' | 'theirs';
  /** @default 'silent' */
  readonly handler?: 'silent' | 'speaks';
}

/** Makes the function; it can be called when this returns its ARN. */
export const makeSmall = async (
  cloud: Cloud,
  role: string,
  { name, runtime = 'ours', handler = 'silent' }: Small,
): Promise<string> => {
  const client = new LambdaClient(clientConfig(cloud));
  const ours = runtime === 'ours';
  const { FunctionArn } = await client.send(
    new CreateFunctionCommand({
      FunctionName: name,
      Runtime: (ours ? 'provided.al2023' : 'nodejs24.x') satisfies Runtime,
      Handler: `index.${handler}`,
      Role: role,
      Timeout: 30,
      MemorySize: 256,
      Code: {
        ZipFile: zipOf({
          ...(ours ? { bootstrap: readFileSync(SHARED_PATHS.bootstrap, 'utf8') } : {}),
          'package.json': '{ "type": "commonjs" }\n',
          'index.js': HANDLER,
        }),
      },
    }),
  );
  await waitUntilFunctionActiveV2({ client, maxWaitTime: 60, minDelay: 1 }, { FunctionName: name });
  client.destroy();
  return FunctionArn ?? '';
};

/** The emulator looks up the key and verifies no signature. */
const AUTHORIZATION = `AWS4-HMAC-SHA256 Credential=test/20260101/${REGION}/lambda/aws4_request, SignedHeaders=host, Signature=0`;
const EVENT = '"city"';

/** @throws {Error} the function failed, or answered something else than its event */
const invoke = (agent: Agent, url: string): Promise<void> =>
  new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: 'POST', agent, headers: { Authorization: AUTHORIZATION } },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (text: string) => (body += text));
        answer.on('end', () => {
          if (answer.statusCode === 200 && body === EVENT) resolve();
          else reject(new Error(`The function answered ${answer.statusCode}: ${body.slice(0, 200)}`));
        });
        answer.on('error', reject);
      },
    );
    sent.on('error', reject).end(EVENT);
  });

/**
 * Calls a function over and over by some clients, each with a connection of its own that is kept.
 * @returns how many invocations a second were answered
 */
export const invokesASecond = async (
  { endpoint }: Pick<Cloud, 'endpoint'>,
  name: string,
  { clients, seconds }: { readonly clients: number; readonly seconds: number },
): Promise<number> => {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  const url = `${endpoint}/2015-03-31/functions/${name}/invocations`;
  const started = performance.now();
  const elapsed = () => (performance.now() - started) / 1_000;
  let answered = 0;
  const client = async () => {
    while (elapsed() < seconds) {
      await invoke(agent, url);
      answered++;
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  const rate = answered / elapsed();
  agent.destroy();
  return rate;
};
