import {
  DeleteConnectionCommand,
  GetConnectionCommand,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { expect } from 'vitest';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { errorOf, expectSeen } from './harness/difference.ts';
import { makeWorker, notesOf, notesWhen, type Worker } from './harness/lambda.ts';
import { WEBSOCKET } from './harness/pages.ts';
import { connect, knock, makeSocketApi, type SocketEvent } from './harness/websocket.ts';

interface Note {
  readonly route: string;
  readonly id: string;
  readonly body?: string;
}

/** A handler that notes each event of its routes and lets everybody in. */
const makeNoter = (cloud: Cloud): Promise<Worker> =>
  makeWorker(cloud, {
    does: async ({ requestContext, body }: SocketEvent, { note }) => {
      await note({ route: requestContext.routeKey, id: requestContext.connectionId, body });
      return { statusCode: 200 };
    },
  });

const noteOf = async (cloud: Cloud, worker: Worker, route: string): Promise<Note | undefined> => {
  const has = (notes: Note[]) => notes.some((note) => note.route === route);
  const notes = await notesWhen<Note>(cloud, worker, has, { what: `a call of ${route}` });
  return notes.find((note) => note.route === route);
};

behaviour(
  'Connecting and disconnecting call their routes once each, with the same connection id',
  { page: WEBSOCKET.connect, reliedOn: 'functions/swiggy-tracking — a connection is known while it is open' },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeSocketApi(cloud, worker, ['$connect', '$disconnect', '$default']);
    const { socket } = await connect(cloud, api.url);
    const opened = await noteOf(cloud, worker, '$connect');
    socket.close();
    const closed = await noteOf(cloud, worker, '$disconnect');
    expectSeen('the same id', opened?.id === closed?.id && opened?.id !== undefined, true);
    const routes = (await notesOf<Note>(cloud, worker)).map(({ route }) => route);
    expectSeen('routes called', routes, ['$connect', '$disconnect']);
  },
);

behaviour(
  'A message goes to the route that its action names, and to $default when there is none or it is no JSON',
  { page: WEBSOCKET.routes, reliedOn: 'stacks — SocketApi: a function a command' },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeSocketApi(cloud, worker, ['$connect', '$default', 'say']);
    const { socket } = await connect(cloud, api.url);
    const sent = ['{"action":"say","n":1}', '{"action":"other"}', 'no JSON'];
    for (const text of sent) socket.send(text);
    const notes = await notesWhen<Note>(cloud, worker, (all) => all.length >= 4, { what: 'all calls' });
    const called = notes.filter(({ route }) => route !== '$connect').map(({ route, body }) => [route, body]);
    expectSeen('called', called.toSorted(), [
      ['$default', 'no JSON'],
      ['$default', '{"action":"other"}'],
      ['say', '{"action":"say","n":1}'],
    ]);
  },
);

behaviour(
  'A connection to an API without a connect route calls nothing: the default route is for messages',
  { page: WEBSOCKET.routes },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeSocketApi(cloud, worker, ['$default']);
    const { socket } = await connect(cloud, api.url);
    socket.send('hello');
    await noteOf(cloud, worker, '$default');
    const notes = await notesOf<Note>(cloud, worker);
    expectSeen(
      'called',
      notes.map(({ route, body }) => [route, body]),
      [['$default', 'hello']],
    );
  },
);

behaviour(
  'A connection whose $connect route does not answer 2xx is refused with that status',
  { page: WEBSOCKET.connect, reliedOn: 'functions/swiggy-tracking — a used ticket opens nothing' },
  async (cloud) => {
    const worker = await makeWorker(cloud, { does: () => ({ statusCode: 403 }) });
    const api = await makeSocketApi(cloud, worker, ['$connect']);
    expectSeen('status', await knock(api.url), 403);
  },
);

behaviour(
  'An authorizer lets connect or refuses, and its context comes with later messages',
  { page: WEBSOCKET.authorizer },
  async (cloud) => {
    const authorizer = await makeWorker(cloud, {
      as: 'authorizer',
      does: ({
        queryStringParameters,
        methodArn,
      }: {
        queryStringParameters: { token: string };
        methodArn: string;
      }) => ({
        principalId: 'somebody',
        context: { subject: 'customer-1' },
        policyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Action: 'execute-api:Invoke',
              Effect: queryStringParameters.token === 'good' ? 'Allow' : 'Deny',
              Resource: methodArn,
            },
          ],
        },
      }),
    });
    const worker = await makeWorker(cloud, {
      does: async ({ requestContext }: SocketEvent, { note }) => {
        await note([requestContext.routeKey, requestContext.authorizer?.subject]);
        return { statusCode: 200 };
      },
    });
    const api = await makeSocketApi(cloud, worker, ['$connect', '$default'], authorizer);
    expectSeen('a bad token', await knock(`${api.url}?token=bad`), 403);
    expectSeen('no token', await knock(api.url), 401);
    const { socket } = await connect(cloud, `${api.url}?token=good`);
    socket.send('hello');
    const notes = await notesWhen(cloud, worker, (all) => all.length >= 2, { what: 'both calls' });
    expectSeen('context', notes, [
      ['$connect', 'customer-1'],
      ['$default', 'customer-1'],
    ]);
  },
);

behaviour(
  'A client that asks for a subprotocol gets the one that its $connect route answers',
  { page: WEBSOCKET.subprotocol },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => ({ statusCode: 200, headers: { 'Sec-WebSocket-Protocol': 'graphql-transport-ws' } }),
    });
    const api = await makeSocketApi(cloud, worker, ['$connect']);
    const { socket } = await connect(cloud, api.url, 'graphql-transport-ws');
    expectSeen('protocol', socket.protocol, 'graphql-transport-ws');
  },
);

behaviour(
  'A message that is posted to a connection reaches its client, and to a connection that is gone is GoneException',
  {
    page: WEBSOCKET.management,
    reliedOn: 'functions/swiggy-tracking — pushes, and the end of gone connections',
  },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeSocketApi(cloud, worker, ['$connect', '$disconnect']);
    const client = await connect(cloud, api.url);
    const ConnectionId = (await noteOf(cloud, worker, '$connect'))?.id;
    const post = () => api.management.send(new PostToConnectionCommand({ ConnectionId, Data: 'hello' }));
    await post();
    expectSeen('received', await client.next(), 'hello');
    client.socket.close();
    await noteOf(cloud, worker, '$disconnect');
    expectSeen('posted to nobody', await errorOf(post()), 'GoneException');
  },
);

behaviour(
  'A connection can be looked at and ended from the back end',
  { page: WEBSOCKET.callback },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeSocketApi(cloud, worker, ['$connect', '$disconnect']);
    const client = await connect(cloud, api.url);
    const ConnectionId = (await noteOf(cloud, worker, '$connect'))?.id;
    const { ConnectedAt } = await api.management.send(new GetConnectionCommand({ ConnectionId }));
    expectSeen('connected at', ConnectedAt, expect.any(Date));
    await api.management.send(new DeleteConnectionCommand({ ConnectionId }));
    await waitFor(() => client.closed() !== undefined, { what: 'the end of the connection' });
    await noteOf(cloud, worker, '$disconnect');
  },
);

behaviour(
  'What a handler answers does not go back to the client when its route has no route response',
  { page: WEBSOCKET.responses },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: async ({ requestContext, body }: SocketEvent, { note }) => {
        await note(requestContext.connectionId);
        return { statusCode: 200, body: `you said ${body}` };
      },
    });
    const api = await makeSocketApi(cloud, worker, ['$connect', '$default']);
    const client = await connect(cloud, api.url);
    client.socket.send('hello');
    await notesWhen(cloud, worker, (all) => all.length >= 2, { what: 'both calls' });
    // Without a route response nothing goes back.
    const [ConnectionId] = await notesOf<string>(cloud, worker);
    await api.management.send(new PostToConnectionCommand({ ConnectionId, Data: 'after' }));
    expectSeen('the first message', await client.next(), 'after');
  },
);

behaviourToCome('A connection is closed after ten idle minutes', {
  page: WEBSOCKET.quotas,
  waits: 'nobody here waits ten minutes; clients send heartbeats',
});
