import { env, secretOnce, secretsClient } from '../../../shared/aws/index.ts';

export interface TicketPorts {
  /** By which tickets are signed. */
  readonly secret: () => Promise<string>;
}

/** The secret that TICKET_SECRET_ARN names; the stack generates it. */
export const ticketPorts = (): TicketPorts => ({
  secret: secretOnce(secretsClient(), env('TICKET_SECRET_ARN'), 'tickets'),
});
