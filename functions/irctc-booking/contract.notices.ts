/** What people were sent about their bookings: the phone and the mailbox of a city that has neither. */
import * as z from 'zod';
import { defineRoute, page, pagingOf } from '../../shared/http/index.ts';
import { NoticeKind } from './contract.events.ts';
import { BookingId } from './contract.views.ts';

export const Channel = z.enum(['sms', 'email']);
export type Channel = z.infer<typeof Channel>;

const Text = z.object({
  /** What an e-mail is about; an SMS has none. */
  subject: z.string().optional(),
  body: z.string(),
});

export const NoticeView = z.object({
  /** The event that it follows from. */
  event: z.string(),
  channel: Channel,
  kind: NoticeKind,
  /** Where it went, masked. */
  to: z.string(),
  en: Text,
  hi: Text,
  /** When what it tells happened. */
  at: z.iso.datetime(),
});
export type NoticeView = z.infer<typeof NoticeView>;

export const noticeRoutes = {
  listNotices: defineRoute({
    name: 'list-notices',
    method: 'GET',
    path: '/bookings/{bookingId}/notices',
    summary:
      'What was sent about a booking, the first first. Somebody else’s is 404, as if it did not exist.',
    access: { roles: ['customer', 'operator'] },
    request: { path: z.object({ bookingId: BookingId }), query: z.object(pagingOf({ most: 50, usual: 20 })) },
    answers: { 200: page(NoticeView) },
    errors: [],
  }),
} as const;
