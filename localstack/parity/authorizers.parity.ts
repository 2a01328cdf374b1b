import type { APIGatewayProxyEvent, APIGatewayRequestAuthorizerEvent } from 'aws-lambda';
import { waitFor } from '../../shared/testing/index.ts';
import { behaviour, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker, notesOf, type Worker } from './harness/lambda.ts';
import { REST } from './harness/pages.ts';
import { type Api, call, type GatewayAnswer, makeApi } from './harness/rest.ts';

const DOOR = 'functions/platform — the authorizer';

interface Guarded extends Api {
  readonly authorizer: Worker;
}

/** An API with the paths `things` and `others`, which answers with the context that its authorizer gave. */
const makeGuarded = async (
  cloud: Cloud,
  { ttl = 60, responses = [] }: { ttl?: number; responses?: readonly GatewayAnswer[] } = {},
): Promise<Guarded> => {
  const worker = await makeWorker(cloud, {
    does: ({ requestContext }: APIGatewayProxyEvent) => ({
      statusCode: 200,
      body: JSON.stringify(requestContext.authorizer),
    }),
  });
  const authorizer = await makeWorker(cloud, {
    as: 'authorizer',
    does: async ({ headers, methodArn }: APIGatewayRequestAuthorizerEvent, { note }) => {
      const token = headers?.Authorization ?? headers?.authorization ?? '';
      await note(token);
      if (token.startsWith('unknown')) throw new Error('Unauthorized');
      if (token.startsWith('broken')) throw new Error('no database');
      const api = methodArn.split('/').slice(0, 2).join('/');
      return {
        principalId: 'user-1',
        policyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Action: 'execute-api:Invoke',
              Effect: token.startsWith('denied') ? 'Deny' : 'Allow',
              Resource: token.startsWith('here') ? methodArn : `${api}/*`,
            },
          ],
        },
        context: { roles: 'customer', level: 3, trusted: true },
      };
    },
  });
  const api = await makeApi(cloud, {
    worker,
    paths: ['things', 'others'],
    authorizer: { worker: authorizer, ttl },
    responses,
  });
  return { ...api, authorizer };
};

const get = (api: Api, Authorization?: string, path = '/things') =>
  call(api, path, { headers: Authorization === undefined ? {} : { Authorization } });

behaviour(
  'What an authorizer gives as context and principal comes to the handler, each value as text',
  { page: REST.authorizerOutput, reliedOn: 'shared/lambda — restHandler reads the caller from it' },
  async (cloud) => {
    const { status, body } = await get(await makeGuarded(cloud), 'allowed');
    expectSeen('status', status, 200);
    const { principalId, roles, level, trusted } = body as Record<string, unknown>;
    expectSeen(
      'context',
      { principalId, roles, level, trusted },
      { principalId: 'user-1', roles: 'customer', level: '3', trusted: 'true' },
    );
  },
);

behaviour(
  'A request without the identity source is answered with 401, and the authorizer is not called',
  { page: REST.authorizer, reliedOn: DOOR },
  async (cloud) => {
    const api = await makeGuarded(cloud);
    const { status, body } = await get(api);
    expectSeen('answer', [status, body], [401, { message: 'Unauthorized' }]);
    expectSeen('calls of the authorizer', await notesOf(cloud, api.authorizer), []);
  },
);

behaviour(
  'An authorizer that throws Unauthorized makes it a 401',
  { page: REST.authorizer, reliedOn: DOOR },
  async (cloud) => {
    const { status, body } = await get(await makeGuarded(cloud), 'unknown');
    expectSeen('answer', [status, body], [401, { message: 'Unauthorized' }]);
  },
);

behaviour(
  'An authorizer that throws anything else makes it a 500 that tells nothing of the error',
  { page: REST.responses, reliedOn: DOOR },
  async (cloud) => {
    const { status, body } = await get(await makeGuarded(cloud), 'broken');
    const told = JSON.stringify(body).includes('no database');
    expectSeen('answer', [status, told], [500, false]);
  },
);

behaviour(
  'A policy that denies is a 403, and the handler is not called',
  { page: REST.authorizer },
  async (cloud) => {
    const { status, body } = await get(await makeGuarded(cloud), 'denied');
    const { Message, message } = body as { Message?: string; message?: string };
    const text = Message ?? message ?? '';
    expectSeen('answer', [status, text.startsWith('User is not authorized')], [403, true]);
  },
);

behaviour(
  'Gateway responses for 401 and 403 are what a refused caller gets, with their headers',
  { page: REST.responses, reliedOn: 'stacks — what the gateway itself answers' },
  async (cloud) => {
    const api = await makeGuarded(cloud, {
      responses: [
        {
          type: 'UNAUTHORIZED',
          status: '401',
          headers: { 'WWW-Authenticate': 'Bearer' },
          template: '{"name":"401"}',
        },
        { type: 'ACCESS_DENIED', status: '403', headers: { 'X-Own': 'yes' }, template: '{"name":"403"}' },
      ],
    });
    for (const token of [undefined, 'unknown']) {
      const { status, headers, body } = await get(api, token);
      // REST APIs rename this header, as AWS's list of restrictions says.
      const how = headers['www-authenticate'] ?? headers['x-amzn-remapped-www-authenticate'];
      expectSeen('without a token that counts', [status, how, body], [401, 'Bearer', { name: '401' }]);
    }
    const { status, headers, body } = await get(api, 'denied');
    expectSeen('denied', [status, headers['x-own'], body], [403, 'yes', { name: '403' }]);
  },
);

behaviour(
  'While a policy is kept the authorizer is not asked again for the same token, but for another one',
  { page: REST.authorizer, reliedOn: DOOR },
  async (cloud) => {
    const api = await makeGuarded(cloud);
    const tokens = ['allowed 1', 'allowed 1', 'allowed 2', 'allowed 1'];
    const statuses = [];
    for (const token of tokens) statuses.push((await get(api, token)).status);
    expectSeen('statuses', statuses, [200, 200, 200, 200]);
    expectSeen('calls of the authorizer', await notesOf(cloud, api.authorizer), ['allowed 1', 'allowed 2']);
  },
);

behaviour(
  'A policy that is kept counts for the other paths of the API, too: what it does not name is refused',
  { page: REST.authorizerCache, reliedOn: 'functions/platform — the policy names the whole API' },
  async (cloud) => {
    const api = await makeGuarded(cloud);
    const statuses = [
      (await get(api, 'here', '/things')).status,
      (await get(api, 'here', '/others')).status,
      (await get(api, 'allowed', '/things')).status,
      (await get(api, 'allowed', '/others')).status,
    ];
    expectSeen('statuses', statuses, [200, 403, 200, 200]);
  },
);

behaviour(
  'When a policy has been kept for its time the authorizer is asked again',
  { page: REST.authorizer },
  async (cloud) => {
    const api = await makeGuarded(cloud, { ttl: 1 });
    await get(api, 'allowed');
    await waitFor(
      async (seen) => {
        await get(api, 'allowed');
        const calls = await notesOf(cloud, api.authorizer);
        seen(calls);
        return calls.length >= 2;
      },
      { what: 'a second call', timeoutMs: 15_000 },
    );
  },
);
