/** What people are sent about their bookings, in both languages. */
import { say } from '../../shared/messages/index.ts';
import { formatPaise, paise } from '../../shared/money/index.ts';
import type { NoticeKind } from './contract.events.ts';
import type { About, Words } from './domain/noticing.ts';
import { messages } from './messages.ts';

type Text = (about: About) => { readonly subject: string; readonly body: string };

/** What begins every notice: which ticket it is about. */
const ticket = ({ pnr, train, date, cls }: About): string =>
  `${pnr === undefined ? '' : `PNR ${pnr}, `}${train}, ${date}, ${cls}`;

const en = (amount: number): string => formatPaise(paise(amount), 'en');
const hi = (amount: number): string => formatPaise(paise(amount), 'hi');

/** Why a booking came to nothing, where there is a sentence for it; what peers call their reasons is for no person. */
const why = ({ state, reason }: About) => {
  if (state === 'EXPIRED') return { en: 'It was not paid in time.', hi: 'समय पर भुगतान नहीं हुआ।' };
  if (reason !== undefined && Object.hasOwn(messages, reason))
    return { en: say(messages, reason, {}, 'en'), hi: say(messages, reason, {}, 'hi') };
  return { en: 'The payment did not succeed.', hi: 'भुगतान सफल नहीं हुआ।' };
};

const NOTICES: { readonly [kind in NoticeKind]: { readonly en: Text; readonly hi: Text } } = {
  ticket: {
    en: (about) => ({
      subject: `Your ticket, PNR ${about.pnr}`,
      body: `${ticket(about)}: ${about.seats}. Fare ${en(about.total)}.`,
    }),
    hi: (about) => ({
      subject: `आपका टिकट, PNR ${about.pnr}`,
      body: `${ticket(about)}: ${about.seats}। किराया ${hi(about.total)}।`,
    }),
  },
  promoted: {
    en: (about) => ({
      subject: `Good news, PNR ${about.pnr}`,
      body: `${ticket(about)}: now ${about.seats}.`,
    }),
    hi: (about) => ({ subject: `अच्छी खबर, PNR ${about.pnr}`, body: `${ticket(about)}: अब ${about.seats}।` }),
  },
  not_booked: {
    en: (about) => ({
      subject: 'Your booking did not succeed',
      body: `${ticket(about)}: not booked. ${why(about).en}`,
    }),
    hi: (about) => ({
      subject: 'आपकी बुकिंग नहीं हो सकी',
      body: `${ticket(about)}: बुकिंग नहीं हुई। ${why(about).hi}`,
    }),
  },
  cancelled: {
    en: (about) => ({
      subject: 'Cancelled as you asked',
      body: `${ticket(about)}: ${about.seats ? `cancelled in part, left: ${about.seats}` : 'cancelled'}. Refund ${en(about.refund)}.`,
    }),
    hi: (about) => ({
      subject: 'आपके कहने पर रद्द',
      body: `${ticket(about)}: ${about.seats ? `आंशिक रूप से रद्द, शेष: ${about.seats}` : 'रद्द'}। वापसी ${hi(about.refund)}।`,
    }),
  },
  charted: {
    en: (about) => ({
      subject: 'The chart is made',
      body: `${ticket(about)}: the chart is made. ${about.seats || `No berth became free, so you cannot travel. Refund ${en(about.refund)}`}.`,
    }),
    hi: (about) => ({
      subject: 'चार्ट बन गया है',
      body: `${ticket(about)}: चार्ट बन गया है। ${about.seats || `कोई बर्थ खाली नहीं हुई, इसलिए आप यात्रा नहीं कर सकते। वापसी ${hi(about.refund)}`}।`,
    }),
  },
  paid_too_late: {
    en: (about) => ({
      subject: 'Paid too late',
      body: `${ticket(about)}: your payment came when the berths were gone. All of it goes back: ${en(about.refund)}.`,
    }),
    hi: (about) => ({
      subject: 'भुगतान देर से मिला',
      body: `${ticket(about)}: आपका भुगतान तब मिला जब बर्थ जा चुकी थीं। पूरी रकम वापस होगी: ${hi(about.refund)}।`,
    }),
  },
  refunded: {
    en: (about) => ({
      subject: 'Your money is back',
      body: `${ticket(about)}: ${en(about.refund)} is back with you.`,
    }),
    hi: (about) => ({
      subject: 'आपका पैसा वापस आ गया',
      body: `${ticket(about)}: ${hi(about.refund)} आपके पास वापस आ गए।`,
    }),
  },
};

export const noticeWords: Words = (kind, about) => ({
  en: NOTICES[kind].en(about),
  hi: NOTICES[kind].hi(about),
});
