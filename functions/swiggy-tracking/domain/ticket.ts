/** A ticket: who may open a connection, as what, until when; signed, so that nobody can write one. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { UnauthenticatedError } from '../../../shared/errors/index.ts';
import { jsonOf } from '../../../shared/json/index.ts';
import { ListenerRole } from '../contract.views.ts';

export const Ticket = z.object({
  /** By which it is known that it was used. */
  id: z.string().min(1),
  subject: z.string().min(1),
  role: ListenerRole,
  language: z.enum(['en', 'hi']),
  /** Epoch milliseconds. */
  until: z.number(),
});
export type Ticket = z.infer<typeof Ticket>;

/** The text of a ticket: what it says, and its signature (HMAC, SHA-256), both in base64url. */
export const signed = (ticket: Ticket, secret: string): string => {
  const says = Buffer.from(JSON.stringify(ticket)).toString('base64url');
  return `${says}.${signatureOf(says, secret)}`;
};

/**
 * What a text says that is a ticket of ours.
 * @throws {UnauthenticatedError} it is none, or its time is over; which of them is not said
 */
export const ticketIn = (text: string, secret: string, now: Date): Ticket => {
  const [says = '', signature = '', ...more] = text.split('.');
  const isOurs = more.length === 0 && sameBytes(signature, signatureOf(says, secret));
  const found = isOurs ? Ticket.safeParse(jsonOf(Buffer.from(says, 'base64url').toString())).data : undefined;
  if (found === undefined || found.until <= now.getTime())
    throw new UnauthenticatedError({ reason: 'ticket' });
  return found;
};

const signatureOf = (says: string, secret: string): string =>
  createHmac('sha256', secret).update(says).digest('base64url');

const sameBytes = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
};
