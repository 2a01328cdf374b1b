/** What the texts of payments and those of top-ups and refunds have in common. */
import { defineMessages, told } from '../../shared/messages/index.ts';
import { formatPaise, paise } from '../../shared/money/index.ts';

/** An amount; a record without one must not keep its payer from reading the rest. */
export const money = (value: unknown, language: 'en' | 'hi') =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
    ? formatPaise(paise(value), language)
    : '₹…';

/** What both say. */
export const common = defineMessages({
  PaymentDeclinedError: {
    en: ({ code }) => `The bank declined${code ? ` (code ${told(code, '…')})` : ''}. No money has moved.`,
    hi: ({ code }) => `बैंक ने मना किया${code ? ` (कोड ${told(code, '…')})` : ''}। कोई पैसा नहीं कटा।`,
  },
  NothingToResumeError: {
    en: () => 'This does not wait for a person.',
    hi: () => 'यह किसी व्यक्ति की प्रतीक्षा में नहीं है।',
  },
});
