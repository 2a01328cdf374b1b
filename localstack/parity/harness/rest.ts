import { request as http } from 'node:http';
import { request as https } from 'node:https';
import {
  APIGatewayClient,
  CreateAuthorizerCommand,
  CreateDeploymentCommand,
  CreateResourceCommand,
  CreateRestApiCommand,
  DeleteRestApiCommand,
  type GatewayResponseType,
  GetResourcesCommand,
  PutGatewayResponseCommand,
  PutIntegrationCommand,
  PutMethodCommand,
  UpdateStageCommand,
} from '@aws-sdk/client-api-gateway';
import { AddPermissionCommand, LambdaClient } from '@aws-sdk/client-lambda';
import type { Cloud } from './cloud.ts';
import type { Worker } from './lambda.ts';

/** A REST API with the stage `live`. */
export interface Api {
  readonly id: string;
  /** Without a slash at its end. */
  readonly url: string;
}

export interface ApiOptions {
  /** What answers GET and POST of every path. */
  readonly worker: Worker;
  /** Paths of one part each. @default ['things'] */
  readonly paths?: readonly string[];
  /** @default none, everybody may call */
  readonly authorizer?: { readonly worker: Worker /** In seconds. */; readonly ttl: number };
  readonly responses?: readonly GatewayAnswer[];
  readonly variables?: Readonly<Record<string, string>>;
  readonly binary?: readonly string[];
  /** Requests a second, and at once. @default no limits of its own */
  readonly limits?: { readonly rate: number; readonly burst: number };
}

/** What the gateway itself answers in a case. */
export interface GatewayAnswer {
  readonly type: GatewayResponseType;
  readonly status: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly template?: string;
}

/** A REST API whose methods are a Lambda's; it can be called when this returns. */
export const makeApi = async (cloud: Cloud, options: ApiOptions): Promise<Api> => {
  const { worker, paths = ['things'], authorizer, responses = [], variables, binary, limits } = options;
  const gateway = cloud.client(APIGatewayClient);
  const { id: restApiId = '', rootResourceId } = await gateway.send(
    new CreateRestApiCommand({
      name: cloud.name('api'),
      ...(binary ? { binaryMediaTypes: [...binary] } : {}),
    }),
  );
  cloud.later(() => gateway.send(new DeleteRestApiCommand({ restApiId })));
  const parentId = rootResourceId ?? (await rootOf(gateway, restApiId));
  const authorizerId = authorizer ? await authorizerOf(cloud, restApiId, authorizer) : undefined;
  await mayCall(cloud, worker);
  for (const pathPart of paths) {
    const { id } = await gateway.send(new CreateResourceCommand({ restApiId, parentId, pathPart }));
    for (const httpMethod of ['GET', 'POST']) {
      await gateway.send(
        new PutMethodCommand({
          restApiId,
          resourceId: id,
          httpMethod,
          ...(authorizerId ? { authorizationType: 'CUSTOM', authorizerId } : { authorizationType: 'NONE' }),
        }),
      );
      await gateway.send(
        new PutIntegrationCommand({
          restApiId,
          resourceId: id,
          httpMethod,
          type: 'AWS_PROXY',
          integrationHttpMethod: 'POST',
          uri: uriOf(cloud, worker),
        }),
      );
    }
  }
  for (const { type, status, headers = {}, template } of responses) {
    await gateway.send(
      new PutGatewayResponseCommand({
        restApiId,
        responseType: type,
        statusCode: status,
        responseParameters: Object.fromEntries(
          Object.entries(headers).map(([name, value]) => [`gatewayresponse.header.${name}`, `'${value}'`]),
        ),
        ...(template ? { responseTemplates: { 'application/json': template } } : {}),
      }),
    );
  }
  await gateway.send(
    new CreateDeploymentCommand({ restApiId, stageName: 'live', ...(variables ? { variables } : {}) }),
  );
  if (limits) await limit(gateway, restApiId, limits);
  return { id: restApiId, url: urlOf(cloud, restApiId) };
};

const rootOf = async (gateway: APIGatewayClient, restApiId: string): Promise<string | undefined> =>
  (await gateway.send(new GetResourcesCommand({ restApiId }))).items?.find(({ path }) => path === '/')?.id;

const uriOf = ({ place }: Cloud, { arn }: Worker): string =>
  `arn:aws:apigateway:${place.region}:lambda:path/2015-03-31/functions/${arn}/invocations`;

const mayCall = (cloud: Cloud, { name: FunctionName }: Worker) =>
  cloud.client(LambdaClient).send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );

const authorizerOf = async (
  cloud: Cloud,
  restApiId: string,
  { worker, ttl }: { worker: Worker; ttl: number },
): Promise<string | undefined> => {
  await mayCall(cloud, worker);
  const command = new CreateAuthorizerCommand({
    restApiId,
    name: 'authorizer',
    type: 'REQUEST',
    authorizerUri: uriOf(cloud, worker),
    identitySource: 'method.request.header.Authorization',
    authorizerResultTtlInSeconds: ttl,
  });
  return (await cloud.client(APIGatewayClient).send(command)).id;
};

const limit = (gateway: APIGatewayClient, restApiId: string, limits: { rate: number; burst: number }) =>
  gateway.send(
    new UpdateStageCommand({
      restApiId,
      stageName: 'live',
      patchOperations: [
        { op: 'replace', path: '/*/*/throttling/rateLimit', value: String(limits.rate) },
        { op: 'replace', path: '/*/*/throttling/burstLimit', value: String(limits.burst) },
      ],
    }),
  );

const urlOf = ({ place }: Cloud, id: string): string =>
  place.endpoint
    ? `${place.endpoint}/restapis/${id}/live/_user_request_`
    : `https://${id}.execute-api.${place.region}.amazonaws.com/live`;

/** What a client of the API sees. */
export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly bytes: Buffer;
  /** The body as JSON where it is JSON, else as text. */
  readonly body: unknown;
}

export interface Asked {
  /** @default 'GET' */
  readonly method?: 'GET' | 'POST' | 'OPTIONS';
  readonly headers?: Readonly<Record<string, string | string[]>>;
  readonly body?: string | Buffer;
}

/** Calls a path of the API exactly as written; `fetch` would join headers that are sent twice. */
export const call = (api: Api, path: string, { method = 'GET', headers = {}, body }: Asked = {}) =>
  new Promise<Answered>((resolve, reject) => {
    const url = new URL(`${api.url}${path}`);
    const send = url.protocol === 'https:' ? https : http;
    const request = send(url, { method, headers }, (answer) => {
      const parts: Buffer[] = [];
      answer.on('data', (part: Buffer) => parts.push(part));
      answer.on('error', reject);
      answer.on('end', () => {
        const bytes = Buffer.concat(parts);
        resolve({
          status: answer.statusCode ?? 0,
          headers: answer.headers,
          bytes,
          body: parsed(bytes.toString('utf8')),
        });
      });
    });
    request.on('error', reject);
    request.end(body);
  });

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
};
