import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as dynamo from '@aws-sdk/client-dynamodb';
import type * as ssm from '@aws-sdk/client-ssm';
import { build, type Metafile } from 'esbuild';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type * as z from 'zod';
import { routes } from '../../functions/identity/contract.ts';
import type { Routes } from '../../shared/http/index.ts';
import { bundleOptions } from './bundle.ts';
import { RULES } from './left-out.ts';
import { ROOT } from './paths.ts';

const bundle = (contents: string) =>
  build({ ...bundleOptions, outdir: ROOT, stdin: { contents, resolveDir: ROOT, loader: 'ts' } });

/** What of a request the SDK hands to its transport. */
interface HttpRequest {
  readonly hostname: string;
  readonly headers: { readonly [name: string]: string };
}

interface Bundled {
  readonly routes: Routes;
  readonly dynamo: typeof dynamo;
  readonly ssm: typeof ssm;
  readonly schema: z.ZodObject;
}

let folder: string;
let metafile: Metafile;
let bundled: Bundled;
let server: Server;
let answers: [status: number, body: object][];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'left-out-'));
  const result = await bundle(`
    import * as z from 'zod';
    import { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand } from '@aws-sdk/client-dynamodb';
    import { GetParameterCommand, SSMClient, SSMServiceException } from '@aws-sdk/client-ssm';
    import negotiation from '@middy/http-content-negotiation';
    export const dynamo = { DynamoDBClient, GetItemCommand, TransactWriteItemsCommand };
    export const ssm = { GetParameterCommand, SSMClient, SSMServiceException };
    export const schema = z.object({ amount: z.number() });
    export { routes } from './functions/identity/contract.ts';
    export { negotiation };`);
  metafile = result.metafile;
  writeFileSync(join(folder, 'bundle.cjs'), result.outputFiles[0]?.text ?? '');
  bundled = createRequire(import.meta.url)(join(folder, 'bundle.cjs')) as Bundled;
  server = createServer((request, response) => {
    request.resume();
    const [status, body] = answers.shift() ?? [500, {}];
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
    response.end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  vi.stubEnv('AWS_REGION', 'ap-south-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDOFTHETEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'x');
});
afterAll(() => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
beforeEach(() => {
  answers = [];
  vi.stubEnv('AWS_ENDPOINT_URL', `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

describe('what is left out of a bundle', () => {
  it.each(RULES)('is still there to be left out: $name', ({ module }) => {
    expect(Object.keys(metafile.inputs).filter((input) => module.test(input))).not.toEqual([]);
  });

  it('is the sentence about a door, and nothing else of it', () => {
    expect(Object.keys(bundled.routes)).toEqual(Object.keys(routes));
    for (const route of Object.values(bundled.routes)) expect(route.summary).toBe('');
    for (const route of Object.values(routes)) expect(route.summary).not.toBe('');
    expect(bundled.routes.token).toMatchObject({
      method: 'POST',
      path: '/token',
      access: routes.token.access,
    });
  });

  it('says so when it is asked for', () => {
    expect(() => bundled.schema.toJSONSchema()).toThrow('is left out of the bundles of Lambdas');
  });

  it('is an error of the build where it is a class of an error', async () => {
    const asking = bundle(`
      import { ParameterNotFound } from '@aws-sdk/client-ssm';
      export const isMissing = (error: unknown) => error instanceof ParameterNotFound;`);
    await expect(asking).rejects.toThrow('No matching export');
  });
});

describe('what stays in a bundle', () => {
  it('are the name, status and words of an error without a class', async () => {
    answers = [[400, { __type: 'ParameterNotFound', message: 'no such parameter', Hint: 7 }]];
    const { SSMClient, GetParameterCommand, SSMServiceException } = bundled.ssm;
    const caught: unknown = await new SSMClient()
      .send(new GetParameterCommand({ Name: '/x' }))
      .catch((e) => e);
    expect(caught).toBeInstanceOf(SSMServiceException);
    expect(caught).toMatchObject({
      name: 'ParameterNotFound',
      message: 'no such parameter',
      Hint: 7,
      $fault: 'client',
      $metadata: { httpStatusCode: 400 },
    });
  });

  it('are the reasons of a cancelled transaction', async () => {
    const reasons = [
      { Code: 'None' },
      { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' }, raw: { B: 'AQI=' } } },
    ];
    answers = [
      [
        400,
        {
          __type: 'com.amazonaws.dynamodb.v20120810#TransactionCanceledException',
          CancellationReasons: reasons,
        },
      ],
    ];
    const { DynamoDBClient, TransactWriteItemsCommand } = bundled.dynamo;
    const command = new TransactWriteItemsCommand({ TransactItems: [] });
    await expect(new DynamoDBClient().send(command)).rejects.toMatchObject({
      name: 'TransactionCanceledException',
      CancellationReasons: [
        { Code: 'None' },
        { Code: 'ConditionalCheckFailed', Item: { pk: { S: 'a' }, raw: { B: new Uint8Array([1, 2]) } } },
      ],
    });
  });

  it('are the second tries after a throttle and a fault of the server', async () => {
    answers = [
      [400, { __type: 'ThrottlingException' }],
      [500, { __type: 'InternalServerError' }],
      [200, { Item: { pk: { S: 'a' } } }],
    ];
    const { DynamoDBClient, GetItemCommand } = bundled.dynamo;
    const { Item, $metadata } = await new DynamoDBClient().send(
      new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } }),
    );
    expect(Item).toEqual({ pk: { S: 'a' } });
    expect($metadata.attempts).toBe(3);
  });

  it.each([
    ['ap-south-1', 'dynamodb.ap-south-1.amazonaws.com'],
    ['cn-north-1', 'dynamodb.cn-north-1.amazonaws.com.cn'],
    ['xx-new-9', 'dynamodb.xx-new-9.amazonaws.com'],
  ])('is the address of a service on AWS: in %s %s', async (region, address) => {
    vi.stubEnv('AWS_ENDPOINT_URL', undefined);
    const asked: HttpRequest[] = [];
    const requestHandler = {
      handle: async (request: HttpRequest) => {
        asked.push(request);
        throw new Error('far enough');
      },
    };
    const { DynamoDBClient, GetItemCommand } = bundled.dynamo;
    const client = new DynamoDBClient({ region, requestHandler });
    const command = new GetItemCommand({ TableName: 't', Key: { pk: { S: 'a' } } });
    await expect(client.send(command)).rejects.toThrow('far enough');
    expect(asked[0]).toMatchObject({ protocol: 'https:', hostname: address });
    expect(asked[0]?.headers.authorization).toContain(`AKIDOFTHETEST/`);
    expect(asked[0]?.headers.authorization).toContain(`/${region}/dynamodb/`);
  });

  it('is what zod found', () => {
    expect(bundled.schema.safeParse({ amount: 'ten' }).error?.issues).toMatchObject([
      { code: 'invalid_type', expected: 'number', path: ['amount'] },
    ]);
  });
});
