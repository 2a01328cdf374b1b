/** The two Lambdas that doors of ordering are compared with: one read, one write, each behind an API of the same kind. */
import { join } from 'node:path';
import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  PutIntegrationCommand,
  PutMethodCommand,
} from '@aws-sdk/client-api-gateway';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { ACCOUNT } from '../../localstack/cloud/environment.ts';
import { PK_AND_SK } from '../../localstack/parity/harness/dynamodb.ts';
import {
  type Deploying,
  deployed,
  type Place,
  packed,
  type Removable,
  uriOf,
} from '../baseline/deployment.ts';

/** Whose tokens are good there: the authorizer is the city's own, which asks the stage for whom a token has to be. */
const AUDIENCE = 'zomato-ordering';
/** By which ordering finds its restaurants, the best first. */
const LISTED = { INDEX: 'byRating', PK: 'cataloguePk', CATALOGUE: 'CATALOGUE' } as const;
const LISTED_SORT = 'ratingSk';

type Item = Readonly<Record<string, unknown>>;

export interface Baseline extends Removable {
  /** Without a slash at its end. */
  readonly url: string;
  readonly functions: { readonly read: string; readonly write: string };
}

/**
 * Deploys both into a city that runs.
 * @param restaurants what ordering's query finds, whole
 * @param order what ordering writes for an order, whole
 */
export const deployBaseline = (
  place: Place,
  { restaurants, order }: { readonly restaurants: readonly Item[]; readonly order: Item },
): Promise<Baseline> =>
  deployed(place, { what: 'rest', actions: ['dynamodb:Query', 'dynamodb:PutItem'] }, async (deploying) => {
    const { name, aws, table, lambda } = deploying;
    const TABLE = await table(INDEXED);
    const dynamo = DynamoDBDocumentClient.from(new DynamoDBClient(aws));
    for (const Item of restaurants) await dynamo.send(new PutCommand({ TableName: TABLE, Item }));
    const made = async (file: string, environment: Readonly<Record<string, string>>) =>
      lambda({
        ...{ file, byGateway: true, code: await packed(join(import.meta.dirname, `${file}.ts`)) },
        environment: { TABLE, ...environment },
      });
    const read = await made('read', LISTED);
    const write = await made('write', { ORDER: JSON.stringify(order) });
    return {
      url: await makeApi(deploying, { read, write }),
      functions: { read: `${name}-read`, write: `${name}-write` },
    };
  });

const INDEXED = {
  AttributeDefinitions: [
    ...PK_AND_SK.AttributeDefinitions,
    ...[LISTED.PK, LISTED_SORT].map((AttributeName) => ({ AttributeName, AttributeType: 'S' as const })),
  ],
  GlobalSecondaryIndexes: [
    {
      IndexName: LISTED.INDEX,
      KeySchema: [
        { AttributeName: LISTED.PK, KeyType: 'HASH' as const },
        { AttributeName: LISTED_SORT, KeyType: 'RANGE' as const },
      ],
      Projection: { ProjectionType: 'ALL' as const },
    },
  ],
};

/** `GET /restaurants` for everybody, and `POST /orders` behind the city's own authorizer, whose answers are kept as long. */
const makeApi = async (
  { name, aws, later }: Deploying,
  functions: { readonly read: string; readonly write: string },
): Promise<string> => {
  const gateway = new APIGatewayClient(aws);
  const { id: restApiId = '', rootResourceId: parentId } = await gateway.send(
    new CreateRestApiCommand({ name }),
  );
  later(() => gateway.send(new DeleteRestApiCommand({ restApiId })));
  const authorizer = `arn:aws:lambda:${aws.region}:${ACCOUNT}:function:platform-authorizer`;
  const { id: authorizerId } = await gateway.send(
    new CreateAuthorizerCommand({
      ...{ restApiId, name: 'authorizer', type: 'REQUEST', authorizerUri: uriOf(aws, authorizer) },
      ...{ identitySource: 'method.request.header.Authorization', authorizerResultTtlInSeconds: 60 },
    }),
  );
  const method = async (pathPart: string, httpMethod: string, arn: string, guard: object) => {
    const { id: resourceId } = await gateway.send(
      new CreateResourceCommand({ restApiId, parentId, pathPart }),
    );
    const one = { restApiId, resourceId, httpMethod };
    await gateway.send(new PutMethodCommand({ ...one, authorizationType: 'NONE', ...guard }));
    await gateway.send(
      new PutIntegrationCommand({
        ...{ ...one, type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: uriOf(aws, arn) },
      }),
    );
  };
  await method('restaurants', 'GET', functions.read, {});
  await method('orders', 'POST', functions.write, { authorizationType: 'CUSTOM', authorizerId });
  const variables = { system: AUDIENCE };
  await gateway.send(new CreateDeploymentCommand({ restApiId, stageName: 'live', variables }));
  return `${aws.endpoint}/restapis/${restApiId}/live/_user_request_`;
};
