/** What is compared: three places in which somebody says something and all hear it. */
import { fork } from 'node:child_process';
import { join } from 'node:path';
import {
  ApiGatewayV2Client,
  CreateApiCommand,
  CreateIntegrationCommand,
  CreateRouteCommand,
  CreateStageCommand,
  DeleteApiCommand,
} from '@aws-sdk/client-apigatewayv2';
import { deployed, type Place, packed, type Removable, uriOf } from '../baseline/deployment.ts';
import type { Connection } from './connection.ts';

/** In the order in which they are shown: what is ours, a route that only passes on, and no API at all. */
export const KINDS = ['tracking', 'pass', 'ws'] as const;
export type Kind = (typeof KINDS)[number];

/** One round's place. */
export interface Room {
  /** Where the nth connects, at once. The first three speak. */
  readonly address: (nth: number) => Promise<string>;
  /** From now on a connection hears what is said. */
  readonly follow: (connection: Connection, nth: number) => Promise<void>;
  /** Says something over a connection; ends when it is accepted, where that is told at all. */
  readonly say: (connection: Connection, mark: string) => Promise<void>;
}

/** What has rooms, for as long as it runs. */
export interface House extends Removable {
  readonly room: () => Promise<Room>;
}

/** A `ws` server, a process of its own. */
export const wsHouse = async (): Promise<House> => {
  const server = fork(join(import.meta.dirname, 'echo.ts'));
  const port = await new Promise<number>((resolve, reject) => {
    server.once('message', (told) => resolve(Number(told)));
    server.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened`)));
  });
  return {
    room: async () => ({
      address: async () => `ws://127.0.0.1:${port}`,
      follow: async () => undefined,
      say: async (connection, mark) => connection.send(mark),
    }),
    remove: async () => void server.kill(),
  };
};

/** A WebSocket API of the emulator whose one Lambda passes on. */
export const passHouse = (place: Place): Promise<House> =>
  deployed(
    place,
    { what: 'websocket', actions: ['execute-api:ManageConnections'] },
    async ({ name, aws, lambda, later }) => {
      const gateway = new ApiGatewayV2Client(aws);
      const { ApiId = '' } = await gateway.send(
        new CreateApiCommand({
          ...{ Name: name, ProtocolType: 'WEBSOCKET' },
          RouteSelectionExpression: '$request.body.type',
        }),
      );
      later(() => gateway.send(new DeleteApiCommand({ ApiId })));
      const SOCKET = `${aws.endpoint}/_aws/execute-api/${ApiId}/live`;
      const code = await packed(join(import.meta.dirname, 'pass.ts'));
      const arn = await lambda({ file: 'pass', code, environment: { SOCKET }, byGateway: true });
      const { IntegrationId } = await gateway.send(
        new CreateIntegrationCommand({
          ...{ ApiId, IntegrationType: 'AWS_PROXY', IntegrationUri: uriOf(aws, arn) },
        }),
      );
      // As ours has them: a beginning and an end call a function too.
      for (const RouteKey of ['$connect', '$disconnect', '$default'])
        await gateway.send(
          new CreateRouteCommand({ ApiId, RouteKey, Target: `integrations/${IntegrationId}` }),
        );
      await gateway.send(new CreateStageCommand({ ApiId, StageName: 'live', AutoDeploy: true }));
      const address = SOCKET.replace(/^http/, 'ws');
      return {
        async room(): Promise<Room> {
          const to: string[] = [];
          return {
            address: async () => address,
            async follow(connection) {
              connection.send('{}');
              to.push((JSON.parse(await connection.answer()) as { me: string }).me);
            },
            say: async (connection, mark) => connection.send(JSON.stringify({ to, text: mark })),
          };
        },
      };
    },
  );
