/** What a person reads about the bank's refusals, in both languages. */
import { defineMessages, type Facts } from '../../shared/messages/index.ts';
import type { DeclineCode } from './contract.ts';

const declined: { readonly [code in DeclineCode]: { readonly en: string; readonly hi: string } } = {
  Z6: { en: 'the PIN was entered wrongly too often', hi: 'PIN कई बार ग़लत डाला गया' },
  Z7: { en: 'there were too many payments today', hi: 'आज के भुगतानों की गिनती पूरी हो चुकी है' },
  Z8: { en: 'the amount is above the limit of one payment', hi: 'राशि एक भुगतान की सीमा से अधिक है' },
  Z9: { en: 'there is not enough money on the account', hi: 'खाते में पर्याप्त राशि नहीं है' },
  ZA: { en: 'the customer declined', hi: 'ग्राहक ने मना कर दिया' },
  ZH: { en: 'the UPI address is not valid', hi: 'UPI पता मान्य नहीं है' },
  ZM: { en: 'the PIN is wrong', hi: 'PIN ग़लत है' },
  ZX: { en: 'the account is dormant', hi: 'खाता निष्क्रिय है' },
  XH: { en: 'the account does not exist', hi: 'खाता मौजूद नहीं है' },
  YE: { en: 'the account is blocked', hi: 'खाता बंद किया गया है' },
  K1: { en: 'the bank suspects fraud', hi: 'बैंक को धोखाधड़ी का संदेह है' },
  B3: { en: 'the account does not permit this payment', hi: 'खाते से यह भुगतान अनुमत नहीं है' },
  U16: { en: 'the risk is above what the bank accepts', hi: 'जोखिम बैंक की सीमा से अधिक है' },
  '05': { en: 'the bank does not say why', hi: 'बैंक कारण नहीं बताता' },
  '51': { en: 'there is not enough money on the account', hi: 'खाते में पर्याप्त राशि नहीं है' },
  '54': { en: 'the card has expired', hi: 'कार्ड की अवधि समाप्त हो चुकी है' },
  '61': { en: 'the amount is above the limit of the card', hi: 'राशि कार्ड की सीमा से अधिक है' },
};

const why = ({ code }: Facts, language: 'en' | 'hi'): string =>
  declined[code as DeclineCode]?.[language] ?? String(code);

export const messages = defineMessages({
  DeclinedError: {
    en: (facts) => `The bank declined the payment: ${why(facts, 'en')} (${facts.code}).`,
    hi: (facts) => `बैंक ने भुगतान अस्वीकार किया: ${why(facts, 'hi')} (${facts.code})।`,
  },
  InsufficientBalanceError: {
    en: ({ code }) => `There is not enough money on the account (${code}).`,
    hi: ({ code }) => `खाते में पर्याप्त राशि नहीं है (${code})।`,
  },
  HoldCancelledError: {
    en: ({ key }) => `The hold ${key} was cancelled and cannot be used any more.`,
    hi: ({ key }) => `रोक ${key} रद्द कर दी गई है और अब काम में नहीं ली जा सकती।`,
  },
  CaptureCancelledError: {
    en: ({ key }) => `Taking the money of the hold ${key} was cancelled.`,
    hi: ({ key }) => `रोक ${key} की राशि लेना रद्द कर दिया गया है।`,
  },
  HoldVoidedError: {
    en: ({ key }) => `The hold ${key} was released; there is nothing to take.`,
    hi: ({ key }) => `रोक ${key} हटा दी गई है; लेने के लिए कुछ नहीं है।`,
  },
  HoldDeclinedError: {
    en: ({ key, code }) => `The hold ${key} was declined (${code}); there is nothing to take.`,
    hi: ({ key, code }) => `रोक ${key} अस्वीकार हुई थी (${code}); लेने के लिए कुछ नहीं है।`,
  },
  HoldCapturedError: {
    en: ({ key }) =>
      `The money of the hold ${key} was taken already; give it back before releasing the hold.`,
    hi: ({ key }) => `रोक ${key} की राशि ली जा चुकी है; रोक हटाने से पहले राशि लौटाइए।`,
  },
  HoldAwaitingError: {
    en: ({ key }) => `The payer has not answered about the hold ${key} yet.`,
    hi: ({ key }) => `रोक ${key} पर ग्राहक ने अभी उत्तर नहीं दिया है।`,
  },
  HoldExpiredError: {
    en: ({ key }) => `The time of the hold ${key} is over; the money is available to the payer again.`,
    hi: ({ key }) => `रोक ${key} का समय समाप्त हो चुका है; राशि फिर ग्राहक के पास है।`,
  },
  RequestExpiredError: {
    en: ({ key }) => `The request ${key} has expired; the answer came too late and moves nothing.`,
    hi: ({ key }) => `अनुरोध ${key} का समय समाप्त हो चुका है; देर से आए उत्तर से कुछ नहीं होता।`,
  },
  NothingToAnswerError: {
    en: ({ key }) => `Nobody was asked about the hold ${key}.`,
    hi: ({ key }) => `रोक ${key} के बारे में किसी से पूछा नहीं गया था।`,
  },
  OutcomePendingError: {
    en: ({ key }) => `The money of the hold ${key} is on its way. Please try again once it has arrived.`,
    hi: ({ key }) => `रोक ${key} की राशि रास्ते में है। पहुँच जाने पर कृपया फिर प्रयास करें।`,
  },
  DebitCancelledError: {
    en: ({ key }) => `The debit ${key} was cancelled and cannot be made any more.`,
    hi: ({ key }) => `कटौती ${key} रद्द कर दी गई है और अब नहीं हो सकती।`,
  },
  NothingToRefundError: {
    en: ({ of }) => `Nothing was taken under ${of}, so nothing can be given back.`,
    hi: ({ of }) => `${of} के नाम से कुछ नहीं लिया गया, इसलिए लौटाने को कुछ नहीं है।`,
  },
  RefundTooLargeError: {
    en: ({ of }) => `More than is left of ${of} cannot be given back.`,
    hi: ({ of }) => `${of} में जितना बचा है उससे अधिक नहीं लौटाया जा सकता।`,
  },
  CreditsBlockedError: {
    en: () => 'Nothing can be paid into the account at the moment; its bank has to open it first.',
    hi: () => 'इस खाते में अभी पैसा जमा नहीं हो सकता; पहले उसके बैंक को इसे खोलना होगा।',
  },
  BankUnavailableError: {
    en: () => 'The bank does not answer at the moment. Please try again.',
    hi: () => 'बैंक इस समय उत्तर नहीं दे रहा। कृपया फिर प्रयास करें।',
  },
  StaleDecisionError: {
    en: () => 'The account is very busy. Please try again.',
    hi: () => 'खाते पर इस समय बहुत काम है। कृपया फिर प्रयास करें।',
  },
});
