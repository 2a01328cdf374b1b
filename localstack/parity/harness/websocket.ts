import { request } from 'node:http';
import { request as secureRequest } from 'node:https';
import { ApiGatewayManagementApiClient } from '@aws-sdk/client-apigatewaymanagementapi';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateAuthorizerCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { waitFor } from '../../../shared/testing/index.ts';
import type { Cloud } from './cloud.ts';
import type { Worker } from './lambda.ts';
import { clientConfig, isMiniStack } from './target.ts';

export interface SocketApi {
  /** Where clients connect. */
  readonly url: string;
  /** Sends to connections, looks at them and ends them. */
  readonly management: ApiGatewayManagementApiClient;
}

const STAGE = 'live';

/** What a handler of a route gets. */
export interface SocketEvent {
  readonly requestContext: {
    readonly routeKey: string;
    readonly connectionId: string;
    readonly authorizer?: Readonly<Record<string, string>>;
  };
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A WebSocket API whose routes, chosen by `action`, all call the same small Lambda. */
export const makeSocketApi = async (
  cloud: Cloud,
  worker: Worker,
  routes: readonly string[],
  authorizer?: Worker,
): Promise<SocketApi> => {
  const gateway = cloud.client(ApiGatewayV2Client);
  const { ApiId, ApiEndpoint } = await gateway.send(
    new CreateApiCommand({
      Name: cloud.name('sockets'),
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
  );
  cloud.later(() => gateway.send(new DeleteApiCommand({ ApiId })));
  await letIn(cloud, worker);
  const { IntegrationId } = await gateway.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: uriOf(cloud, worker),
    }),
  );
  const AuthorizerId = authorizer ? await makeAuthorizer(cloud, ApiId, authorizer) : undefined;
  for (const RouteKey of routes) {
    await gateway.send(
      new CreateRouteCommand({
        ApiId,
        RouteKey,
        Target: `integrations/${IntegrationId}`,
        ...(AuthorizerId && RouteKey === '$connect' ? { AuthorizationType: 'CUSTOM', AuthorizerId } : {}),
      }),
    );
  }
  await gateway.send(new CreateStageCommand({ ApiId, StageName: STAGE, AutoDeploy: true }));
  const local = isMiniStack(cloud.place) ? `${cloud.place.endpoint}/_aws/execute-api/${ApiId}` : undefined;
  const url = `${local?.replace(/^http/, 'ws') ?? ApiEndpoint}/${STAGE}`;
  const endpoint = url.replace(/^ws/, 'http');
  return { url, management: new ApiGatewayManagementApiClient({ ...clientConfig(cloud.place), endpoint }) };
};

const uriOf = ({ place }: Cloud, { arn }: Worker): string =>
  `arn:aws:apigateway:${place.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;

const letIn = (cloud: Cloud, { name: FunctionName }: Worker) =>
  cloud.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'gateway',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );

const makeAuthorizer = async (cloud: Cloud, ApiId: string | undefined, worker: Worker) => {
  await letIn(cloud, worker);
  const { AuthorizerId } = await cloud.client(ApiGatewayV2Client).send(
    new CreateAuthorizerCommand({
      ApiId,
      Name: cloud.name('authorizer'),
      AuthorizerType: 'REQUEST',
      AuthorizerUri: uriOf(cloud, worker),
      IdentitySource: ['route.request.querystring.token'],
    }),
  );
  return AuthorizerId;
};

/** An open connection and what has come over it. */
export interface Connected {
  readonly socket: WebSocket;
  readonly messages: readonly string[];
  /** Waits for the next message that is not yet taken. */
  readonly next: () => Promise<string>;
  /** The code with which it was closed; undefined while it is open. */
  readonly closed: () => number | undefined;
}

/** Connects a client; it is closed with its behaviour. */
export const connect = async (cloud: Cloud, url: string, protocol?: string): Promise<Connected> => {
  const socket = new WebSocket(url, protocol ?? []);
  const messages: string[] = [];
  let taken = 0;
  let code: number | undefined;
  let failed = false;
  socket.addEventListener('message', ({ data }) => messages.push(String(data)));
  socket.addEventListener('close', (event) => (code = event.code));
  socket.addEventListener('error', () => (failed = true));
  cloud.later(async () => socket.close());
  await waitFor(() => failed || socket.readyState === WebSocket.OPEN, { what: 'the connection' });
  if (failed) throw new Error('the connection was refused');
  return {
    socket,
    messages,
    next: async () => {
      await waitFor(() => messages.length > taken, { what: 'a message to the client' });
      taken += 1;
      return messages[taken - 1] ?? '';
    },
    closed: () => code,
  };
};

/** The status with which a connection is answered: 101 when it is let in. */
export const knock = (url: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const send = url.startsWith('wss') ? secureRequest : request;
    const asked = send(url.replace(/^ws/, 'http'), {
      // A kept socket may have been closed by the other side.
      agent: false,
      headers: {
        Connection: 'Upgrade',
        Upgrade: 'websocket',
        'Sec-WebSocket-Version': '13',
        'Sec-WebSocket-Key': Buffer.from(crypto.randomUUID().slice(0, 16)).toString('base64'),
      },
    });
    asked.on('upgrade', (_answer, socket) => {
      socket.destroy();
      resolve(101);
    });
    asked.on('response', (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    asked.on('error', reject);
    asked.end();
  });
