import { defineMessages } from '../../shared/messages/index.ts';
import { common, money } from './messages.common.ts';

/** What a person reads when a refund goes no further, by the name of the error. Apart, as those of top-ups are. */
export const refundMessages = defineMessages({
  ...common,
  PaymentNotCompletedError: {
    en: () => 'Only a payment that was completed can be refunded.',
    hi: () => 'केवल वही भुगतान लौटाया जा सकता है जो पूरा हो चुका है।',
  },
  RefundTooLargeError: {
    en: ({ left }) => `Of this payment only ${money(left, 'en')} can still be refunded.`,
    hi: ({ left }) => `इस भुगतान में से अब केवल ${money(left, 'hi')} लौटाए जा सकते हैं।`,
  },
  RefundEndedError: {
    en: () => 'This refund has ended already.',
    hi: () => 'यह वापसी पहले ही पूरी हो चुकी है।',
  },
});
