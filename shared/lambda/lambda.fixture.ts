/** Test help: Lambda's context, what its triggers send, and the lines that a handler writes. */
import { vi } from 'vitest';
import type { LambdaContext } from './invocation.ts';
import type { SqsRecord } from './queue-message.ts';

export const TRACE = '0af7651916cd43dd8448eb211c80319c';
export const TRACEPARENT = `00-${TRACE}-b7ad6b7169203331-01`;

export const lambdaContext = (functionName: string, remainingMs = 10_000): LambdaContext => ({
  functionName,
  awsRequestId: '6f8e4c1a-0000-4000-8000-000000000001',
  getRemainingTimeInMillis: () => remainingMs,
});

/** A REST API's proxy event (payload 1.0) as API Gateway sends it; what a test is about is put over it. */
export const proxyEvent = (over: object = {}): { readonly [field: string]: unknown } => ({
  resource: '/seats/{seat}',
  path: '/seats/s%201',
  httpMethod: 'POST',
  headers: {
    Accept: 'application/json',
    'Accept-Language': 'en',
    Authorization: 'Bearer eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiJ1c2VyXzEifQ.c2ln',
    'Content-Type': 'application/json',
    Host: 'abc123.execute-api.ap-south-1.amazonaws.com',
    'Idempotency-Key': 'key-1',
    traceparent: TRACEPARENT,
    'X-Correlation-Id': 'corr-1',
  },
  multiValueHeaders: { Accept: ['application/json'] },
  queryStringParameters: null,
  multiValueQueryStringParameters: null,
  pathParameters: { seat: 's%201' },
  stageVariables: { system: 'irctc-booking' },
  requestContext: {
    resourceId: 'r1',
    apiId: 'abc123',
    resourcePath: '/seats/{seat}',
    httpMethod: 'POST',
    stage: 'live',
    requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
    identity: { sourceIp: '203.0.113.7' },
    authorizer: { principalId: 'user_1', subject: 'user_1', roles: 'customer,rider', integrationLatency: 3 },
  },
  body: JSON.stringify({ count: 2 }),
  isBase64Encoded: false,
  ...over,
});

/** A message as the SQS poller hands it to Lambda. */
export const sqsRecord = (messageId: string, body: unknown, over: Partial<SqsRecord> = {}): SqsRecord => ({
  messageId,
  body: typeof body === 'string' ? body : JSON.stringify(body),
  eventSourceARN: 'arn:aws:sqs:ap-south-1:000000000000:irctc-booking-allocate',
  attributes: { ApproximateReceiveCount: '1', SentTimestamp: '1795500000000' },
  messageAttributes: {},
  ...over,
});

export interface Lines {
  /** Facts: everything that is neither a span nor a metric. */
  facts(): { readonly [field: string]: unknown }[];
  spans(): { readonly [field: string]: unknown }[];
  metrics(): { readonly [field: string]: unknown }[];
  /** All of it, as it was written. */
  text(): string;
}

/** Keeps what is written instead of writing it. `vi.restoreAllMocks()` ends it. */
export const keptLines = (): Lines => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
  const parsed = () => lines.map((line) => JSON.parse(line));
  return {
    facts: () => parsed().filter((line) => line._span === undefined && line._aws === undefined),
    spans: () => parsed().flatMap((line) => (line._span === undefined ? [] : [line._span])),
    metrics: () => parsed().filter((line) => line._aws !== undefined),
    text: () => lines.join(''),
  };
};
