import {
  APIGatewayClient,
  CreateDeploymentCommand,
  CreateResourceCommand,
  GetResourcesCommand,
  PutIntegrationCommand,
  PutIntegrationResponseCommand,
  PutMethodCommand,
  PutMethodResponseCommand,
} from '@aws-sdk/client-api-gateway';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { expect } from 'vitest';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker } from './harness/lambda.ts';
import { REST } from './harness/pages.ts';
import { type Api, call, makeApi } from './harness/rest.ts';

const PROBLEMS = 'stacks — what the gateway itself answers';
const DOORS = 'shared/lambda — restHandler';

/** Answers with what it was asked. */
const makeEcho = (cloud: Cloud) =>
  makeWorker(cloud, {
    does: (event: APIGatewayProxyEvent) => ({ statusCode: 200, body: JSON.stringify(event) }),
  });

/** The event that the Lambda got, as it answered it. */
const asked = async (api: Api, path: string, more: Parameters<typeof call>[2] = {}) => {
  const { status, body } = await call(api, path, more);
  expectSeen('status', status, 200);
  return body as APIGatewayProxyEvent;
};

behaviour(
  "A Lambda's status, headers, repeated headers and body are the answer",
  { page: REST.proxy, reliedOn: DOORS },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => ({
        statusCode: 201,
        headers: { Location: '/things/1' },
        multiValueHeaders: { 'Set-Cookie': ['a=1', 'b=2'] },
        body: '{"made":true}',
      }),
    });
    const { status, headers, body } = await call(await makeApi(cloud, { worker }), '/things');
    expectSeen('answer', [status, body], [201, { made: true }]);
    expectSeen('headers', [headers.location, headers['set-cookie']], ['/things/1', ['a=1', 'b=2']]);
  },
);

behaviour(
  'A Lambda gets method, path, headers, body, stage and request id',
  { page: REST.proxy, reliedOn: DOORS },
  async (cloud) => {
    const api = await makeApi(cloud, { worker: await makeEcho(cloud), paths: ['{id}'] });
    const event = await asked(api, '/a1', { method: 'POST', headers: { 'X-Own': 'yes' }, body: '{"n":1}' });
    expectSeen(
      'event',
      [event.httpMethod, event.path, event.resource, event.pathParameters, event.body],
      ['POST', '/a1', '/{id}', { id: 'a1' }, '{"n":1}'],
    );
    const own = Object.entries(event.headers).find(([name]) => name.toLowerCase() === 'x-own');
    expectSeen('its header', own?.[1], 'yes');
    expectSeen('context', event.requestContext, expect.objectContaining({ stage: 'live' }));
    expectSeen('has a request id', event.requestContext.requestId.length > 0, true);
  },
);

behaviour(
  'Query parameters are lists, of one value or of several',
  { page: REST.proxy, reliedOn: DOORS },
  async (cloud) => {
    const api = await makeApi(cloud, { worker: await makeEcho(cloud) });
    const { multiValueQueryStringParameters } = await asked(api, '/things?kind=a&kind=b&one=1');
    expectSeen('lists', multiValueQueryStringParameters, { kind: ['a', 'b'], one: ['1'] });
  },
);

behaviour(
  'Where a query parameter stands alone it is the last value that was given',
  { page: REST.proxy },
  async (cloud) => {
    const api = await makeApi(cloud, { worker: await makeEcho(cloud) });
    const { queryStringParameters } = await asked(api, '/things?kind=a&kind=b&one=1');
    expectSeen('values', queryStringParameters, { kind: 'b', one: '1' });
  },
);

behaviour('A request header that is given twice is a list', { page: REST.proxy }, async (cloud) => {
  const api = await makeApi(cloud, { worker: await makeEcho(cloud) });
  const event = await asked(api, '/things', { headers: { 'X-Twice': ['1', '2'] } });
  const twice = Object.entries(event.multiValueHeaders).find(([name]) => name.toLowerCase() === 'x-twice');
  expectSeen('values', twice?.[1], ['1', '2']);
});

behaviour(
  'A path or method that is not there is answered with 403 Missing Authentication Token',
  { page: REST.responses, reliedOn: PROBLEMS },
  async (cloud) => {
    const api = await makeApi(cloud, { worker: await makeEcho(cloud), paths: ['things'] });
    const { status, body } = await call(api, '/nothing');
    expectSeen('answer', [status, body], [403, { message: 'Missing Authentication Token' }]);
  },
);

behaviour(
  'A gateway response sets status, headers and body of what the gateway answers, with values of the request',
  { page: REST.responses, reliedOn: PROBLEMS },
  async (cloud) => {
    const api = await makeApi(cloud, {
      worker: await makeEcho(cloud),
      responses: [
        {
          type: 'MISSING_AUTHENTICATION_TOKEN',
          status: '404',
          headers: { 'Content-Type': 'application/problem+json' },
          template: '{"status":404,"requestId":"$context.requestId"}',
        },
      ],
    });
    const { status, headers, body } = await call(api, '/nothing');
    expectSeen('answer', [status, headers['content-type']], [404, 'application/problem+json']);
    expectSeen('body', body, { status: 404, requestId: expect.stringMatching(/^[0-9a-f-]{10,}$/) });
  },
);

behaviour(
  'A Lambda that throws is answered with 502 and nothing of its error',
  { page: REST.proxy, reliedOn: PROBLEMS },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw new Error('secret');
      },
    });
    const { status, body } = await call(await makeApi(cloud, { worker }), '/things');
    expectSeen('answer', [status, body], [502, { message: 'Internal server error' }]);
  },
);

behaviour(
  'A Lambda that throws is answered by the gateway response for 5xx, where there is one',
  { page: REST.responses, reliedOn: PROBLEMS },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: () => {
        throw new Error('secret');
      },
    });
    const api = await makeApi(cloud, {
      worker,
      responses: [
        { type: 'DEFAULT_5XX', status: '500', headers: { 'X-Own': 'yes' }, template: '{"own":true}' },
      ],
    });
    const { status, headers, body } = await call(api, '/things');
    expectSeen('answer', [status, headers['x-own'], body], [500, 'yes', { own: true }]);
  },
);

behaviour('A result without the form of an answer is a 502', { page: REST.proxy }, async (cloud) => {
  const worker = await makeWorker(cloud, { does: () => ({ made: true }) });
  const { status, body } = await call(await makeApi(cloud, { worker }), '/things');
  expectSeen('answer', [status, body], [502, { message: 'Internal server error' }]);
});

behaviour(
  "Requests beyond a stage's rate and burst are answered with 429",
  { page: REST.throttling },
  async (cloud) => {
    const api = await makeApi(cloud, { worker: await makeEcho(cloud), limits: { rate: 1, burst: 2 } });
    const answers = await Promise.all(Array.from({ length: 12 }, () => call(api, '/things')));
    const statuses = new Set(answers.map(({ status }) => status));
    expectSeen('statuses', [...statuses].toSorted(), [200, 429]);
  },
);

behaviour(
  'Stage variables come with the event',
  { page: REST.proxy, reliedOn: 'functions/platform — the authorizer takes its audience from the stage' },
  async (cloud) => {
    const api = await makeApi(cloud, { worker: await makeEcho(cloud), variables: { system: 'paytm' } });
    expectSeen('variables', (await asked(api, '/things')).stageVariables, { system: 'paytm' });
  },
);

behaviour(
  'A body of a binary type comes in base64, and goes out as bytes',
  { page: REST.binary },
  async (cloud) => {
    const worker = await makeWorker(cloud, {
      does: ({ body, isBase64Encoded }: APIGatewayProxyEvent) => ({
        statusCode: 200,
        headers: { 'Content-Type': 'image/png', 'X-Base64': String(isBase64Encoded) },
        body,
        isBase64Encoded,
      }),
    });
    const api = await makeApi(cloud, { worker, binary: ['image/png'] });
    const bytes = Buffer.from([0, 255, 128, 10, 13]);
    const answer = await call(api, '/things', {
      method: 'POST',
      headers: { 'Content-Type': 'image/png', Accept: 'image/png' },
      body: bytes,
    });
    expectSeen(
      'answer',
      [answer.headers['x-base64'], answer.bytes.toString('hex')],
      ['true', bytes.toString('hex')],
    );
  },
);

behaviour(
  'An OPTIONS method of a mock integration is answered with the headers that it names',
  { page: REST.mock },
  async (cloud) => {
    const gateway = cloud.client(APIGatewayClient);
    const api = await makeApi(cloud, { worker: await makeEcho(cloud) });
    const { items } = await gateway.send(new GetResourcesCommand({ restApiId: api.id }));
    const of = {
      restApiId: api.id,
      resourceId: items?.find(({ path }) => path === '/things')?.id,
      httpMethod: 'OPTIONS',
    };
    const header = 'method.response.header.Access-Control-Allow-Origin';
    await gateway.send(new PutMethodCommand({ ...of, authorizationType: 'NONE' }));
    await gateway.send(
      new PutIntegrationCommand({
        ...of,
        type: 'MOCK',
        requestTemplates: { 'application/json': '{"statusCode":204}' },
      }),
    );
    await gateway.send(
      new PutMethodResponseCommand({ ...of, statusCode: '204', responseParameters: { [header]: true } }),
    );
    await gateway.send(
      new PutIntegrationResponseCommand({
        ...of,
        statusCode: '204',
        responseParameters: { [header]: "'https://example.org'" },
      }),
    );
    await gateway.send(new CreateDeploymentCommand({ restApiId: api.id, stageName: 'live' }));
    // Without an Origin, since the gate before our emulator lets no foreign page call.
    const { status, headers } = await call(api, '/things', { method: 'OPTIONS' });
    expectSeen('answer', [status, headers['access-control-allow-origin']], [204, 'https://example.org']);
  },
);

behaviour('A new method is served from the next deployment on', { page: REST.deployment }, async (cloud) => {
  const gateway = cloud.client(APIGatewayClient);
  const api = await makeApi(cloud, { worker: await makeEcho(cloud) });
  const restApiId = api.id;
  const { items } = await gateway.send(new GetResourcesCommand({ restApiId }));
  const parentId = items?.find(({ path }) => path === '/')?.id;
  const { id: resourceId } = await gateway.send(
    new CreateResourceCommand({ restApiId, parentId, pathPart: 'later' }),
  );
  const of = { restApiId, resourceId, httpMethod: 'GET' };
  await gateway.send(new PutMethodCommand({ ...of, authorizationType: 'NONE' }));
  await gateway.send(
    new PutIntegrationCommand({
      ...of,
      type: 'MOCK',
      requestTemplates: { 'application/json': '{"statusCode":200}' },
    }),
  );
  await gateway.send(new PutMethodResponseCommand({ ...of, statusCode: '200' }));
  await gateway.send(new PutIntegrationResponseCommand({ ...of, statusCode: '200' }));
  expectSeen('before', (await call(api, '/later')).status, 403);
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'live' }));
  expectSeen('afterwards', (await call(api, '/later')).status, 200);
});

behaviourToCome('A call that takes longer than 29 s is answered with 504', {
  page: REST.responses,
  waits: 'half a minute a run; no door of ours may take ten seconds',
});
