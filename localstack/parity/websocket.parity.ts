import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { Difference, expectSeen } from './harness/difference.ts';
import { makeWorker, notesWhen, type Worker } from './harness/lambda.ts';
import { WEBSOCKET } from './harness/pages.ts';

const STAGE = 'live';

/** An API whose routes all call one Lambda. */
const makeApi = async (cloud: Cloud, worker: Worker, routes: readonly string[]): Promise<string> => {
  const gateway = cloud.client(ApiGatewayV2Client);
  const { region } = cloud.place;
  const { ApiId = '' } = await gateway.send(
    new CreateApiCommand({
      Name: cloud.name('api'),
      ProtocolType: 'WEBSOCKET',
      RouteSelectionExpression: '$request.body.action',
    }),
  );
  cloud.later(() => gateway.send(new DeleteApiCommand({ ApiId })));
  const { IntegrationId } = await gateway.send(
    new CreateIntegrationCommand({
      ApiId,
      IntegrationType: 'AWS_PROXY',
      IntegrationUri: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${worker.arn}/invocations`,
    }),
  );
  for (const RouteKey of routes) {
    await gateway.send(new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }));
  }
  await gateway.send(new CreateStageCommand({ ApiId, StageName: STAGE, AutoDeploy: true }));
  await cloud.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName: worker.name,
      StatementId: 'gateway',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
  return ApiId;
};

/** Opens a connection, which is closed with the behaviour. */
const connect = async (cloud: Cloud, api: string, ...protocols: string[]): Promise<WebSocket> => {
  const { endpoint, region } = cloud.place;
  const url = endpoint
    ? `${endpoint.replace(/^http/, 'ws')}/_aws/execute-api/${api}/${STAGE}`
    : `wss://${api}.execute-api.${region}.amazonaws.com/${STAGE}`;
  const socket = new WebSocket(url, protocols);
  cloud.later(async () => socket.close());
  let failed = false;
  socket.addEventListener('error', () => {
    failed = true;
  });
  await waitFor(() => failed || socket.readyState === WebSocket.OPEN, { what: 'an open connection' });
  if (failed) throw new Difference('the connection: refused');
  return socket;
};

behaviour(
  'A client that asks for a subprotocol gets the one that the connect route chose',
  { page: WEBSOCKET.subprotocol },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'orders.v2' } }),
    });
    const api = await makeApi(cloud, worker, ['$connect', '$default']);
    const socket = await connect(cloud, api, 'orders.v1', 'orders.v2');
    expectSeen('subprotocol', socket.protocol, 'orders.v2');
  },
);

behaviour(
  'A connection to an API without a connect route calls nothing: the default route is for messages',
  { page: WEBSOCKET.routes },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async (event: { body?: string }, { note }) => {
        await note(event.body ?? 'no message');
        return { statusCode: 200 };
      },
    });
    const api = await makeApi(cloud, worker, ['$default']);
    const socket = await connect(cloud, api);
    socket.send('hello');
    const notes = await notesWhen(cloud, worker, (all) => all.includes('hello'), { what: 'the message' });
    expectSeen('calls', notes, ['hello']);
  },
);
