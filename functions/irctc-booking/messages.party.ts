import { defineMessages, told } from '../../shared/messages/index.ts';

/** What a person reads about a party that cannot travel on one ticket. */
export const partyMessages = defineMessages({
  PartyTooLargeError: {
    en: ({ passengers, most }) =>
      `One ticket of this quota is for at most ${told(most, 'so many')} passengers, not for ${told(passengers, 'more')}.`,
    hi: ({ passengers, most }) =>
      `इस कोटे के एक टिकट पर ज़्यादा से ज़्यादा ${told(most, 'तय')} यात्री जा सकते हैं, ${told(passengers, 'इससे ज़्यादा')} नहीं।`,
  },
  PartyWithoutBerthError: {
    en: () => 'At least one passenger of a ticket needs a berth.',
    hi: () => 'टिकट के कम से कम एक यात्री के लिए बर्थ ज़रूरी है।',
  },
  QuotaNotAllowedError: {
    en: ({ passenger, quota }) => `Passenger ${told(passenger, '…')} may not travel here: ${who(quota).en}.`,
    hi: ({ passenger, quota }) =>
      `यात्री ${told(passenger, '…')} इस कोटे में यात्रा नहीं कर सकते: ${who(quota).hi}।`,
  },
});

const who = (quota: unknown) =>
  quota === 'LD'
    ? {
        en: 'the ladies quota is for women, and for children under 12 with one',
        hi: 'महिला कोटा महिलाओं और उनके साथ 12 साल से छोटे बच्चों के लिए है',
      }
    : {
        en: 'the senior quota is for men from 60 and women from 45',
        hi: 'वरिष्ठ नागरिक कोटा 60 साल से पुरुषों और 45 साल से महिलाओं के लिए है',
      };
