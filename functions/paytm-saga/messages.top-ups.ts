import { defineMessages } from '../../shared/messages/index.ts';
import { common, money } from './messages.common.ts';

/**
 * What a person reads when a top-up goes no further, by the name of the error. Apart from what is said of payments and
 * refunds, because a function carries the texts of its door only.
 */
export const topUpMessages = defineMessages({
  ...common,
  WalletLimitError: {
    en: ({ limit, held }) =>
      `Your wallet may hold at most ${money(limit, 'en')}, and ${money(held, 'en')} are in it or on their way.`,
    hi: ({ limit, held }) =>
      `आपके वॉलेट में ज़्यादा से ज़्यादा ${money(limit, 'hi')} रह सकते हैं, और ${money(held, 'hi')} उसमें हैं या आ रहे हैं।`,
  },
  WalletLoadLimitError: {
    en: ({ limit, loaded }) =>
      `Your wallet may take at most ${money(limit, 'en')} a month, and has taken ${money(loaded, 'en')}.`,
    hi: ({ limit, loaded }) =>
      `आपके वॉलेट में महीने में ज़्यादा से ज़्यादा ${money(limit, 'hi')} डाले जा सकते हैं, और ${money(loaded, 'hi')} डाले जा चुके हैं।`,
  },
  TopUpEndedError: {
    en: () => 'This top-up has ended already.',
    hi: () => 'यह टॉप-अप पहले ही पूरा हो चुका है।',
  },
});
