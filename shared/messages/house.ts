import { defineMessages, type Facts, told } from './messages.ts';

/** Another system, by its name where it is known. */
const of = (peer: unknown) => ({ en: told(peer, 'Another service'), hi: told(peer, 'दूसरी सेवा') });

/** What a person reads about the errors that every system has. */
export const houseMessages = defineMessages({
  InvalidInputError: {
    en: (facts) => `This is not as expected: ${issues(facts, 'expected')}.`,
    hi: (facts) => `यह अपेक्षा के अनुसार नहीं है: ${issues(facts, 'expectedHi')}।`,
  },
  UnauthenticatedError: {
    en: () => 'Please sign in.',
    hi: () => 'कृपया साइन इन करें।',
  },
  ForbiddenError: {
    en: () => 'You may not do this.',
    hi: () => 'आपको यह करने की अनुमति नहीं है।',
  },
  NotFoundError: {
    en: ({ id }) => `There is nothing here by ${id ? `the name of ${told(id, '…')}` : 'that name'}.`,
    hi: ({ id }) => `${told(id, 'इस')} नाम से यहाँ कुछ नहीं मिला।`,
  },
  InProgressError: {
    en: () => 'This is being worked on already. Please ask again in a moment.',
    hi: () => 'इस पर पहले से काम चल रहा है। कृपया थोड़ी देर में फिर पूछें।',
  },
  BodyTooLargeError: {
    en: ({ bytes, limit }) =>
      `The request has ${told(bytes, 'too many')} bytes; at most ${told(limit, 'fewer')} are read.`,
    hi: ({ bytes, limit }) =>
      `अनुरोध ${told(bytes, 'बहुत ज़्यादा')} बाइट का है; ज़्यादा से ज़्यादा ${told(limit, 'इससे कम')} बाइट पढ़े जाते हैं।`,
  },
  UnsupportedMediaTypeError: {
    en: ({ expected }) => `The body must be sent as ${told(expected, 'the contract says')}.`,
    hi: ({ expected }) => `अनुरोध ${told(expected, 'तय प्रारूप')} के रूप में भेजना ज़रूरी है।`,
  },
  IdempotencyKeyReusedError: {
    en: () => 'This Idempotency-Key was used for another request. A new request needs a new key.',
    hi: () => 'यह Idempotency-Key किसी और अनुरोध के लिए इस्तेमाल हो चुकी है। नए अनुरोध के लिए नई key चाहिए।',
  },
  TooManyRequestsError: {
    en: () => 'Too many requests. Please wait a moment.',
    hi: () => 'बहुत ज़्यादा अनुरोध आए। कृपया थोड़ा रुकें।',
  },
  UnexpectedError: {
    en: () => 'Something went wrong on our side. It has been recorded.',
    hi: () => 'हमारी ओर से कुछ गड़बड़ हुई। इसे दर्ज कर लिया गया है।',
  },
  TransientError: {
    en: () => 'This did not work just now. Please try again.',
    hi: () => 'यह अभी नहीं हो पाया। कृपया फिर कोशिश करें।',
  },
  PeerMissingError: {
    en: ({ peer }) =>
      `This needs ${told(peer, 'another service')}, which is not there yet. Please try again later.`,
    hi: ({ peer }) => `इसके लिए ${of(peer).hi} ज़रूरी है, जो अभी उपलब्ध नहीं है। कृपया बाद में कोशिश करें।`,
  },
  PeerUnavailableError: {
    en: ({ peer }) => `${of(peer).en} does not answer just now. Please try again.`,
    hi: ({ peer }) => `${of(peer).hi} अभी जवाब नहीं दे रहा। कृपया फिर कोशिश करें।`,
  },
  PeerAnswerError: {
    en: ({ peer }) => `${of(peer).en} answered what nobody here understands. It has been recorded.`,
    hi: ({ peer }) => `${of(peer).hi} का जवाब समझ में नहीं आया। इसे दर्ज कर लिया गया है।`,
  },
  VersionConflictError: {
    en: () => 'Somebody else changed this at the same moment. Please look at it again.',
    hi: () => 'इसी समय किसी और ने इसे बदल दिया। कृपया इसे फिर से देखें।',
  },
  SupersededError: {
    en: () => 'Somebody else has taken this over.',
    hi: () => 'यह काम अब किसी और के पास है।',
  },
  UnbalancedPostingsError: {
    en: () => 'The books would not balance, so nothing was written. It has been recorded.',
    hi: () => 'खाते बराबर नहीं बैठते, इसलिए कुछ नहीं लिखा गया। इसे दर्ज कर लिया गया है।',
  },
});

/** `body.amount: a whole number; body.name: at most 80 characters`. */
const issues = ({ issues: list }: Facts, words: 'expected' | 'expectedHi'): string =>
  (Array.isArray(list) ? list : [])
    .map((issue: Facts | null) => {
      const expected = told(issue?.[words], told(issue?.expected, '…'));
      return `${told(issue?.field, '…')}: ${expected}`;
    })
    .join('; ');
