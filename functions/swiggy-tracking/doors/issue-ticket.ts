import { absolute, env } from '../../../shared/aws/index.ts';
import { ForbiddenError } from '../../../shared/errors/index.ts';
import { type Ids, newId, uuidV7 } from '../../../shared/ids/index.ts';
import { type RequestOf, restHandler } from '../../../shared/lambda/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { routes, TICKET_SECONDS } from '../contract.ts';
import { signed } from '../domain/ticket.ts';
import { messages } from '../messages.ts';
import { type TicketPorts, ticketPorts } from '../store/ticket-ports.ts';

interface IssuePorts extends TicketPorts {
  /** Where the socket is, as `http…`. */
  readonly socketUrl: string;
  readonly ids: Ids;
  readonly now: Now;
}

/**
 * Gives a caller a ticket to the WebSocket, in which a browser can send no token.
 * @throws {ForbiddenError} the caller's token does not speak for that role
 */
export const issueTicket =
  ({ secret, socketUrl, ids, now }: IssuePorts) =>
  async ({ body: { role }, caller, language }: RequestOf<typeof routes.issueTicket>) => {
    if (!caller.roles.includes(role)) throw new ForbiddenError({ role });
    const until = now().getTime() + TICKET_SECONDS * 1000;
    const says = { id: newId('ticket', ids), subject: caller.subject, role, language, until };
    const ticket = signed(says, await secret());
    const url = `${socketUrl.replace(/^http/, 'ws')}?ticket=${encodeURIComponent(ticket)}`;
    return { status: 201, body: { ticket, url, expiresAt: new Date(until).toISOString() } } as const;
  };

export const handler = restHandler({
  route: routes.issueTicket,
  handle: issueTicket,
  ports: () => ({
    ...ticketPorts(),
    ...{ socketUrl: absolute(env('SOCKET_URL')), ids: uuidV7, now: () => new Date() },
  }),
  messages,
});
