import { fc, test as property } from '@fast-check/vitest';
import { describe, expect, it } from 'vitest';
import { signed, type Ticket, ticketIn } from './ticket.ts';

const now = new Date('2026-11-24T11:30:00.000Z');
const ticket: Ticket = {
  ...{ id: 'ticket_1', subject: 'customer_1', role: 'customer', language: 'hi' },
  until: now.getTime() + 60_000,
};
const text = signed(ticket, 'secret');
const refused = expect.objectContaining({ name: 'UnauthenticatedError', facts: { reason: 'ticket' } });
const caught = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    return error;
  }
};

describe('a ticket', () => {
  it('says what was signed, until its time is over', () => {
    expect(ticketIn(text, 'secret', now)).toEqual(ticket);
    expect(ticketIn(text, 'secret', new Date(ticket.until - 1))).toEqual(ticket);
    expect(caught(() => ticketIn(text, 'secret', new Date(ticket.until)))).toEqual(refused);
  });

  it('is worth nothing under another secret, or with another role than was signed', () => {
    expect(caught(() => ticketIn(text, 'other', now))).toEqual(refused);
    const [, signature] = text.split('.');
    const forged = Buffer.from(JSON.stringify({ ...ticket, role: 'kitchen' })).toString('base64url');
    expect(caught(() => ticketIn(`${forged}.${signature}`, 'secret', now))).toEqual(refused);
    expect(caught(() => ticketIn(`${text}.x`, 'secret', now))).toEqual(refused);
  });

  property.prop([fc.string()])('is nothing that somebody makes up', (made) => {
    expect(caught(() => ticketIn(made, 'secret', now))).toEqual(refused);
  });
});
