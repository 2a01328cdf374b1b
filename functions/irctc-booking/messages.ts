import { defineMessages, told } from '../../shared/messages/index.ts';
import { partyMessages } from './messages.party.ts';

/** What a person reads about the errors of railway booking. */
export const messages = defineMessages({
  ...partyMessages,
  TrainNotRunningError: {
    en: ({ train, date }) =>
      `${told(train, 'This train')} does not run on ${told(date, 'that day')}, or has no such class or quota.`,
    hi: ({ train, date }) =>
      `${told(train, 'यह ट्रेन')} ${told(date, 'उस दिन')} नहीं चलती, या उसमें ऐसी श्रेणी या कोटा नहीं है।`,
  },
  CoachesFixedError: {
    en: ({ train }) =>
      `${told(train, 'This train')} keeps the coaches that it was published with, since their berths may be sold. Other coaches need another train number.`,
    hi: ({ train }) =>
      `${told(train, 'इस ट्रेन')} के कोच नहीं बदल सकते, क्योंकि उनकी बर्थ बिक चुकी हो सकती हैं। दूसरे कोच के लिए दूसरा ट्रेन नंबर चाहिए।`,
  },
  BookingWindowError: {
    en: ({ opensAt, closesAt }) =>
      `It can be booked from ${told(opensAt, 'later')} until ${told(closesAt, 'the chart is made')}.`,
    hi: ({ opensAt, closesAt }) =>
      `बुकिंग ${told(opensAt, 'बाद')} से ${told(closesAt, 'चार्ट बनने')} तक हो सकती है।`,
  },
  TooManyInFlightError: {
    en: ({ most }) =>
      `Only ${told(most, 'a few')} of your bookings can be under way at once. Please wait until one is done.`,
    hi: ({ most }) => `आपकी एक साथ केवल ${told(most, 'कुछ')} बुकिंग चल सकती हैं। कृपया एक पूरी होने तक रुकें।`,
  },
  NoRoomError: {
    en: () => 'No berth is left, and the waiting list is full (REGRET).',
    hi: () => 'कोई बर्थ नहीं बची, और प्रतीक्षा सूची भर गई है (REGRET)।',
  },
  ChartPreparedError: {
    en: () => 'The chart of this train is made: nothing is booked or cancelled here any more.',
    hi: () => 'इस ट्रेन का चार्ट बन गया है: अब यहाँ बुकिंग या रद्द नहीं हो सकती।',
  },
  NotAllocatedInTimeError: {
    en: () => 'We could not allocate places in time. Nothing was charged. Please book again.',
    hi: () => 'समय पर जगह नहीं दी जा सकी। कोई पैसा नहीं लिया गया। कृपया फिर बुक करें।',
  },
  PnrTakenError: {
    en: () => 'Another booking has this number. Please try again.',
    hi: () => 'यह नंबर किसी और बुकिंग का है। कृपया फिर कोशिश करें।',
  },
  BookingNotCancellableError: {
    en: ({ state }) =>
      `The booking is ${told(state, 'over')}, or these passengers are not on it: it cannot be cancelled.`,
    hi: ({ state }) => `बुकिंग ${told(state, 'समाप्त')} है, या ये यात्री उसमें नहीं हैं: रद्द नहीं हो सकती।`,
  },
  LinkNeededError: {
    en: () => 'To pay, please let railway booking charge you first, and name that link.',
    hi: () => 'भुगतान के लिए पहले रेल बुकिंग को अनुमति दें और वह लिंक बताएँ।',
  },
});
