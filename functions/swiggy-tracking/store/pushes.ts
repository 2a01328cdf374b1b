import {
  type ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';
import { absolute, env, socketsClient } from '../../../shared/aws/index.ts';
import { logger } from '../../../shared/logging/index.ts';
import type { Push } from '../domain/broadcast.ts';

/** A socket that takes longer than this has missed it: whoever follows asks for what is missing. */
export const PUSH_MS = 1_000;

/**
 * Sends a frame to one connection. It never throws: what became of it is for the caller to act on, and one dead socket is no
 * reason to send to all of them again.
 */
export const pushOver =
  (client: Pick<ApiGatewayManagementApiClient, 'send'>, pushMs = PUSH_MS): Push =>
  async (connection, frame) => {
    const command = new PostToConnectionCommand({ ConnectionId: connection, Data: JSON.stringify(frame) });
    try {
      await client.send(command, { abortSignal: AbortSignal.timeout(pushMs) });
      return 'sent';
    } catch (error) {
      if (error instanceof Error && error.name === 'GoneException') return 'gone';
      logger().warn('a push was missed', { connection, error });
      return 'missed';
    }
  };

/** Over the socket that SOCKET_ENDPOINT names. */
export const socketPush = (): Push => pushOver(socketsClient(absolute(env('SOCKET_ENDPOINT'))));
