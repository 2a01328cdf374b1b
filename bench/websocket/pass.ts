/** What the Lambda of the bare route does: it says who one is, and posts what one says to those whom one names. */
import {
  ApiGatewayManagementApiClient,
  PostToConnectionCommand,
} from '@aws-sdk/client-apigatewaymanagementapi';

const client = new ApiGatewayManagementApiClient({ endpoint: process.env.SOCKET ?? '' });

/** As many as tracking has under way at a time. */
const AT_ONCE = 32;

interface Call {
  readonly requestContext: { readonly connectionId: string };
  readonly body?: string;
}

export const handler = async ({ requestContext: { connectionId }, body }: Call) => {
  const { to = [], text } = JSON.parse(body || '{}') as { to?: string[]; text?: string };
  if (text === undefined) return { statusCode: 200, body: JSON.stringify({ me: connectionId }) };
  const waiting = to.values();
  const way = async () => {
    for (const ConnectionId of waiting)
      await client.send(new PostToConnectionCommand({ ConnectionId, Data: text }));
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, to.length) }, way));
  return { statusCode: 200 };
};
