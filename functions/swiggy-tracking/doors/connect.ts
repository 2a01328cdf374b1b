import { type OpeningOf, socketHandler } from '../../../shared/lambda/index.ts';
import type { Now } from '../../../shared/time/index.ts';
import { socket } from '../contract.socket.ts';
import { ticketIn } from '../domain/ticket.ts';
import { type ConnectionPorts, connectionPorts } from '../store/connection-ports.ts';
import { type TicketPorts, ticketPorts } from '../store/ticket-ports.ts';

/**
 * Lets a connection in for a ticket, once.
 * @throws {UnauthenticatedError} it is no ticket of ours, its time is over, or it was used
 */
export const connect =
  ({
    connections,
    secret,
    now,
  }: Pick<ConnectionPorts, 'connections'> & TicketPorts & { readonly now: Now }) =>
  async ({ connection, query }: OpeningOf<typeof socket.connect>): Promise<void> => {
    await connections.open(connection, ticketIn(query.ticket, await secret(), now()));
  };

export const handler = socketHandler({
  on: socket.connect,
  handle: connect,
  ports: () => ({ ...connectionPorts(), ...ticketPorts(), now: () => new Date() }),
});
