import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SFNClient } from '@aws-sdk/client-sfn';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { SSMClient } from '@aws-sdk/client-ssm';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { observed } from './middleware.ts';

/**
 * For every client: three tries, a second to connect and three to answer, so that a call gives up well before its
 * Lambda does. Region, credentials and endpoint come from the environment; no function knows which cloud it is in.
 */
const house = () => ({
  maxAttempts: 3,
  requestHandler: { connectionTimeout: 1_000, requestTimeout: 3_000 },
  // Some services want a word before the host's name; no resolver of this machine knows `sync-127.0.0.1`.
  disableHostPrefix: isLoopback(process.env.AWS_ENDPOINT_URL),
});

const isLoopback = (endpoint: string | undefined): boolean =>
  endpoint !== undefined && /^https?:\/\/(127\.|localhost|\[::1\])/.test(endpoint);

/** Makes a client on first use and keeps it for the life of the process. */
const once = <T>(make: () => T): (() => T) => {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** Fields that are `undefined` are left out; numbers stay numbers. */
export const documentClient = /* @__PURE__ */ once(() =>
  DynamoDBDocumentClient.from(observed(new DynamoDBClient(house())), {
    marshallOptions: { removeUndefinedValues: true },
  }),
);
/** A queue is named by a URL, but asked at the endpoint: the local cloud may have moved to another port since. */
export const sqsClient = /* @__PURE__ */ once(() =>
  observed(new SQSClient({ ...house(), useQueueUrlAsEndpoint: false })),
);
export const snsClient = /* @__PURE__ */ once(() => observed(new SNSClient(house())));
export const eventBridgeClient = /* @__PURE__ */ once(() => observed(new EventBridgeClient(house())));
export const sfnClient = /* @__PURE__ */ once(() => observed(new SFNClient(house())));
export const ssmClient = /* @__PURE__ */ once(() => observed(new SSMClient(house())));
export const secretsClient = /* @__PURE__ */ once(() => observed(new SecretsManagerClient(house())));
export const cloudWatchClient = /* @__PURE__ */ once(() => observed(new CloudWatchClient(house())));
/**
 * Sends to open WebSockets of one API: one try each, because whoever is sent to waits for nothing, and others wait behind.
 * @param endpoint where that API manages its connections
 */
export const socketsClient = (endpoint: string): ApiGatewayManagementApiClient =>
  observed(new ApiGatewayManagementApiClient({ ...house(), endpoint, maxAttempts: 1 }));
