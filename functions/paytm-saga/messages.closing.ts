import { defineMessages, told } from '../../shared/messages/index.ts';

/** What a person reads when a day is not closed or reconciled, by the name of the error. */
export const closingMessages = defineMessages({
  DayNotBegunError: {
    en: ({ day }) => `The day ${told(day, '…')} has not begun yet.`,
    hi: ({ day }) => `${told(day, '…')} का दिन अभी शुरू नहीं हुआ है।`,
  },
  DayUnbalancedError: {
    en: ({ day }) => `The postings of ${told(day, '…')} do not balance; they are read again.`,
    hi: ({ day }) => `${told(day, '…')} की प्रविष्टियाँ संतुलित नहीं हैं; उन्हें फिर से पढ़ा जाता है।`,
  },
  TooManyOpenItemsError: {
    en: ({ day }) => `Bank and ledger differ too much on ${told(day, '…')}; a person has to look.`,
    hi: ({ day }) => `${told(day, '…')} को बैंक और बहीखाते में बहुत अंतर है; किसी व्यक्ति को देखना होगा।`,
  },
});
