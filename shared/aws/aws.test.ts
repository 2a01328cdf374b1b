import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { HouseError } from '../errors/index.ts';
import { peerAnswering } from '../http/peer.fixture.ts';
import type * as Aws from './index.ts';
import { tokens } from './service-token.ts';

/** An endpoint that answers by the operation's name, as AWS's JSON protocols have it in a header. */
interface Asked {
  readonly operation: string;
  readonly host: string;
  readonly body: string;
  readonly authorization: string;
}

let asked: Asked[];
let answers: { [operation: string]: (body: string) => [number, object] | undefined };
let lines: string[];
let aws: typeof Aws;

const cloud = peerAnswering(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const { 'x-amz-target': target, host = '', authorization = '' } = request.headers;
  const operation =
    String(target ?? request.url)
      .split('.')
      .at(-1) ?? '';
  asked.push({ operation, host, body, authorization });
  const answer = answers[operation]?.(body);
  if (!answer) return; // silence
  response.writeHead(answer[0], { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(answer[1]));
});
beforeEach(async () => {
  asked = [];
  answers = {};
  lines = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  for (const [name, value] of Object.entries({
    AWS_ENDPOINT_URL: cloud.url(),
    AWS_REGION: 'ap-south-1',
    AWS_ACCESS_KEY_ID: 'AKIDOFTHETEST',
    AWS_SECRET_ACCESS_KEY: 'x',
    SYSTEM: 'paytm-saga',
    CLIENT_SECRET_ARN: 'arn:secret',
  })) {
    vi.stubEnv(name, value);
  }
  // Clients and caches live as long as a process; each test is a cold start.
  vi.resetModules();
  aws = await import('./index.ts');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('env', () => {
  it('reads a variable, and names the one that is missing', () => {
    expect(aws.env('SYSTEM')).toBe('paytm-saga');
    expect(() => aws.env('TABLE')).toThrow('The environment has no TABLE');
  });
});

describe('the clients of the house', () => {
  it('send to a queue at the endpoint, although its URL was made when the cloud had another port', async () => {
    answers.SendMessage = () => [
      200,
      { MessageId: 'm1', MD5OfMessageBody: '5d41402abc4b2a76b9719d911017c592' },
    ];
    const { SendMessageCommand } = await import('@aws-sdk/client-sqs');
    const QueueUrl = 'http://127.0.0.1:1/000000000000/paytm-saga-parking';
    const { MessageId } = await aws
      .sqsClient()
      .send(new SendMessageCommand({ QueueUrl, MessageBody: 'hello' }));
    expect(MessageId).toBe('m1');
    expect(asked[0]?.body).toContain('paytm-saga-parking');
  });

  it('are made once, ask the endpoint of the environment, and sign with its credentials', async () => {
    answers.GetItem = () => [200, { Item: { pk: { S: 'a' } } }];
    expect(aws.documentClient()).toBe(aws.documentClient());
    const { GetCommand } = await import('@aws-sdk/lib-dynamodb');
    const { Item } = await aws.documentClient().send(new GetCommand({ TableName: 't', Key: { pk: 'a' } }));
    expect(Item).toEqual({ pk: 'a' });
    expect(asked[0]?.authorization).toContain('AKIDOFTHETEST/');
    expect(asked[0]?.authorization).toContain('/ap-south-1/dynamodb/');
  });

  it('leave the host as it is on this machine, and give each call a span', async () => {
    const tracing = await import('../tracing/index.ts');
    tracing.startTracing();
    answers.StartSyncExecution = () => [200, { executionArn: 'x' }];
    const { StartSyncExecutionCommand } = await import('@aws-sdk/client-sfn');
    await aws.sfnClient().send(new StartSyncExecutionCommand({ stateMachineArn: 'arn:x' }));
    expect(asked[0]?.host).toBe(cloud.url().replace('http://', ''));
    expect(lines.join('')).toContain('"name":"SFN StartSyncExecution"');
  });

  it.each([
    ['lost a race', ['ConditionalCheckFailed', 'None'], 'ok'],
    ['met another writer', ['None', 'TransactionConflict'], 'ok'],
    ['cannot be taken by the table', ['ConditionalCheckFailed', 'ValidationError'], 'error'],
  ])('tell of a write that %s, and mark its span only where it failed', async (_, codes, status) => {
    const { inScope, startTracing } = await import('../tracing/index.ts');
    startTracing();
    const name = 'TransactionCanceledException';
    const CancellationReasons = codes.map((Code) => ({ Code }));
    answers.TransactWriteItems = () => [400, { __type: `com.amazonaws#${name}`, CancellationReasons }];
    const { TransactWriteCommand } = await import('@aws-sdk/lib-dynamodb');
    const Put = { TableName: 't', Item: { pk: 'a' } };
    const write = () => aws.documentClient().send(new TransactWriteCommand({ TransactItems: [{ Put }] }));
    const scope = { correlationId: 'c', function: 'f', remainingMs: () => 5_000 };
    await expect(inScope(scope, write)).rejects.toMatchObject({ name });
    const line: unknown = JSON.parse(lines.find((one) => one.includes('DynamoDB TransactWriteItems')) ?? '');
    const attributes = status === 'ok' ? { 'db.response.status_code': name } : { 'error.type': name };
    expect(line).toMatchObject({ _span: { status, attributes } });
  });

  it('send to a WebSocket once, and take one that is gone for an answer', async () => {
    const { startTracing } = await import('../tracing/index.ts');
    startTracing();
    const path = '/live/@connections/c1%3D';
    const { PostToConnectionCommand } = await import('@aws-sdk/client-apigatewaymanagementapi');
    const sockets = aws.socketsClient(`${cloud.url()}/live`);
    const post = () => sockets.send(new PostToConnectionCommand({ ConnectionId: 'c1=', Data: '{}' }));
    answers[path] = () => [410, { __type: 'GoneException' }];
    await expect(post()).rejects.toMatchObject({ name: 'GoneException' });
    answers[path] = () => [503, {}];
    await expect(post()).rejects.toThrow();
    expect(asked.map(({ operation }) => operation)).toEqual([path, path]);
    const spans = lines.filter((one) => one.includes('PostToConnection')).map((one) => JSON.parse(one)._span);
    expect(spans.map(({ status }) => status)).toEqual(['ok', 'error']);
  });

  it('end a call when the invocation has no time left', async () => {
    const { inScope, startTracing } = await import('../tracing/index.ts');
    startTracing();
    const { ReceiveMessageCommand } = await import('@aws-sdk/client-sqs');
    const receive = () => aws.sqsClient().send(new ReceiveMessageCommand({ QueueUrl: `${cloud.url()}/1/q` }));
    const scope = { correlationId: 'c', function: 'f', remainingMs: () => 550 };
    const error = await inScope(scope, receive).catch((caught: unknown) => HouseError.from(caught));
    expect(error).toMatchObject({ name: 'TransientError', facts: { reason: 'TimeoutError' } });
  });
});

describe('the address of a peer', () => {
  it('is read once a cold start', async () => {
    answers.GetParameter = () => [200, { Parameter: { Value: 'https://bank.example/live' } }];
    expect(await aws.peer('sandbox-bank')).toBe('https://bank.example/live');
    expect(await aws.peer('sandbox-bank')).toBe('https://bank.example/live');
    expect(asked.map(({ body }) => body)).toEqual(['{"Name":"/dabbawala/sandbox-bank/url"}']);
  });

  it('is on the endpoint that we are on, where it is a path', async () => {
    answers.GetParameter = () => [200, { Parameter: { Value: '/restapis/bank/live/_user_request_' } }];
    expect(await aws.peer('sandbox-bank')).toBe(`${cloud.url()}/restapis/bank/live/_user_request_`);
  });

  it('that is not there yet is a fault that a retry can help', async () => {
    answers.GetParameter = () => [400, { __type: 'ParameterNotFound' }];
    await expect(aws.peer('sandbox-bank')).rejects.toMatchObject({
      name: 'PeerMissingError',
      retryable: true,
      facts: { peer: 'sandbox-bank' },
    });
    answers.GetParameter = () => [400, { __type: 'AccessDeniedException' }];
    await expect(aws.peer('sandbox-bank')).rejects.toMatchObject({ name: 'AccessDeniedException' });
  });
});

describe('the token with which a system calls another', () => {
  it('is our secret, exchanged at identity, and remembered', async () => {
    answers.GetParameter = () => [200, { Parameter: { Value: '/identity' } }];
    answers.GetSecretValue = () => [200, { SecretString: 's3cret' }];
    answers['/identity/token'] = () => [200, { accessToken: 'jwt', expiresInSeconds: 300 }];
    expect(await aws.serviceToken('sandbox-bank')).toBe('jwt');
    expect(await aws.serviceToken('sandbox-bank')).toBe('jwt');
    expect(asked.map(({ operation }) => operation)).toEqual([
      'GetSecretValue',
      'GetParameter',
      '/identity/token',
    ]);
    expect(JSON.parse(asked[2]?.body ?? '')).toEqual({
      client: 'paytm-saga',
      secret: 's3cret',
      audience: 'sandbox-bank',
    });
    expect(lines.join('')).not.toContain('s3cret');
  });

  it('is exchanged once for calls at the same moment, and for each audience', async () => {
    const exchanged: string[] = [];
    const token = tokens({
      exchange: async (audience) => {
        exchanged.push(audience);
        return { accessToken: `for ${audience}`, expiresInSeconds: 300 };
      },
      now: () => new Date(0),
    });
    expect(await Promise.all([token('a'), token('a'), token('b')])).toEqual(['for a', 'for a', 'for b']);
    expect(exchanged).toEqual(['a', 'b']);
  });

  it('is renewed a minute before it ends', async () => {
    let at = 0;
    let count = 0;
    const token = tokens({
      exchange: async () => ({ accessToken: String(++count), expiresInSeconds: 300 }),
      now: () => new Date(at),
    });
    expect(await token('a')).toBe('1');
    at = 239_999;
    expect(await token('a')).toBe('1');
    at = 240_000;
    expect(await token('a')).toBe('2');
  });

  it('is forgotten when it was refused, once, however many calls were refused with it', async () => {
    let count = 0;
    const token = tokens({
      exchange: async () => ({ accessToken: String(++count), expiresInSeconds: 300 }),
      now: () => new Date(0),
    });
    expect(await token('a')).toBe('1');
    expect(await Promise.all([token('a', '1'), token('a', '1'), token('a', '1')])).toEqual(['2', '2', '2']);
    expect(await token('a', '1')).toBe('2');
    expect(await token('a')).toBe('2');
    expect(count).toBe(2);
  });

  it('is asked for again after a failed exchange', async () => {
    let count = 0;
    const token = tokens({
      exchange: async () => {
        if (++count === 1) throw new Error('out of reach');
        return { accessToken: 'jwt', expiresInSeconds: 300 };
      },
      now: () => new Date(0),
    });
    await expect(token('a')).rejects.toThrow('out of reach');
    expect(await token('a')).toBe('jwt');
  });
});
