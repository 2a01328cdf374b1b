import { LambdaClient, RemovePermissionCommand } from '@aws-sdk/client-lambda';
import type { APIGatewayProxyEvent } from 'aws-lambda';
import { behaviour, behaviourToCome, type Cloud } from './behaviour.ts';
import { expectSeen } from './harness/difference.ts';
import { makeWorker, notesOf } from './harness/lambda.ts';
import { REST } from './harness/pages.ts';
import { call, makeApi } from './harness/rest.ts';

const makeNoter = (cloud: Cloud) =>
  makeWorker(cloud, {
    does: async ({ body }: APIGatewayProxyEvent, { note }) => {
      await note(body?.length ?? 0);
      return { statusCode: 200 };
    },
  });

behaviour(
  'A body of more than 10 MB is refused, and the Lambda is not called',
  { page: REST.binary },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeApi(cloud, { worker });
    const { status } = await call(api, '/things', { method: 'POST', body: 'x'.repeat(11_000_000) });
    expectSeen('answer', status >= 400 && status < 500 ? 'refused' : status, 'refused');
    expectSeen('calls', await notesOf(cloud, worker), []);
  },
);

behaviour(
  'An API that its Lambda does not let in answers with a server error, and does not call it',
  { page: REST.proxy },
  async (cloud) => {
    const worker = await makeNoter(cloud);
    const api = await makeApi(cloud, { worker });
    const shut = new RemovePermissionCommand({ FunctionName: worker.name, StatementId: 'api' });
    await cloud.client(LambdaClient).send(shut);
    const { status } = await call(api, '/things');
    expectSeen('answer', status >= 500 ? 'a server error' : status, 'a server error');
    expectSeen('calls', await notesOf(cloud, worker), []);
  },
);

behaviourToCome(
  'A usage plan holds the callers of an API key to a rate and a quota, and answers 429 beyond',
  {
    page: REST.throttling,
    waits: 'no API of ours has keys',
  },
);
