import { defineMessages, houseMessages } from '../../shared/messages/index.ts';

/** What a person reads about accounts. Apart, because a function carries the texts of its door only. */
export const peopleMessages = defineMessages({
  UnauthenticatedError: {
    en: ({ reason }) =>
      reason === 'email_or_password'
        ? 'There is no account with this e-mail address and this password.'
        : houseMessages.UnauthenticatedError.en(),
    hi: ({ reason }) =>
      reason === 'email_or_password'
        ? 'इस ई-मेल और इस पासवर्ड का कोई खाता नहीं है।'
        : houseMessages.UnauthenticatedError.hi(),
  },
  EmailTakenError: {
    en: () => 'There is an account with this e-mail address. Please sign in.',
    hi: () => 'इस ई-मेल पते से खाता पहले से है। कृपया साइन इन करें।',
  },
});
