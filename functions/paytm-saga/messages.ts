import { defineMessages, told } from '../../shared/messages/index.ts';
import type { Kyc } from './contract.ts';
import { common, money } from './messages.common.ts';

const KYC: { readonly [K in Kyc]: { en: string; hi: string } } = {
  minimal: { en: 'minimal', hi: 'न्यूनतम' },
  basic: { en: 'basic', hi: 'बुनियादी' },
  full: { en: 'full', hi: 'पूर्ण' },
};
const kyc = (level: unknown) => (Object.hasOwn(KYC, String(level)) ? KYC[level as Kyc] : KYC.minimal);
/** What a person reads when a payment goes no further, by the name of the error. */
export const messages = defineMessages({
  ...common,
  UserBlockedError: {
    en: () => 'This account is blocked and cannot pay. Please contact support.',
    hi: () => 'यह खाता बंद है, इससे भुगतान नहीं हो सकता। कृपया सहायता केंद्र से संपर्क करें।',
  },
  KycRequiredError: {
    en: ({ needed }) => `This amount needs ${kyc(needed).en} KYC.`,
    hi: ({ needed }) => `इस रकम के लिए ${kyc(needed).hi} KYC ज़रूरी है।`,
  },
  ManualReviewRequiredError: {
    en: () => 'This payment has to be looked at by a person first.',
    hi: () => 'इस भुगतान को पहले किसी व्यक्ति द्वारा जाँचा जाना ज़रूरी है।',
  },
  MerchantSuspendedError: {
    en: () => 'This merchant cannot take payments now.',
    hi: () => 'यह दुकानदार अभी भुगतान नहीं ले सकता।',
  },
  MerchantLimitError: {
    en: ({ limit }) => `One payment to a merchant may be at most ${money(limit, 'en')}.`,
    hi: ({ limit }) => `दुकानदार को एक बार में ज़्यादा से ज़्यादा ${money(limit, 'hi')} दिए जा सकते हैं।`,
  },
  MerchantDailyLimitError: {
    // True before anything was taken (step 3) and after (step 7).
    en: ({ limit }) =>
      `A merchant may be paid at most ${money(limit, 'en')} a day. You pay nothing: whatever was taken goes back to you.`,
    hi: ({ limit }) =>
      `दुकानदार को एक दिन में ज़्यादा से ज़्यादा ${money(limit, 'hi')} दिए जा सकते हैं। आपसे कुछ नहीं लिया जाता: जो भी लिया गया हो, वह आपको वापस होता है।`,
  },
  UpiCollectEndedError: {
    en: ({ lastDay }) =>
      `UPI collect requests have ended on ${told(lastDay, 'that day')}. Please pay by a UPI link or QR.`,
    hi: ({ lastDay }) => `UPI कलेक्ट अनुरोध ${told(lastDay, 'उस दिन')} से बंद हैं। कृपया UPI लिंक या QR से भुगतान करें।`,
  },
  FraudSuspectedError: {
    en: () => 'This payment was blocked for safety.',
    hi: () => 'सुरक्षा के कारण यह भुगतान रोका गया।',
  },
  InsufficientFundsError: {
    en: ({ needed, available }) =>
      `The wallet holds ${money(available, 'en')}, but ${money(needed, 'en')} are needed.`,
    hi: ({ needed, available }) => `वॉलेट में ${money(available, 'hi')} हैं, जबकि ${money(needed, 'hi')} चाहिए।`,
  },
  SettlementFrozenError: {
    // True before anything was taken (step 3) and after (step 7).
    en: () =>
      'The merchant’s settlement account is frozen. You pay nothing: whatever was taken goes back to you.',
    hi: () =>
      'दुकानदार का निपटान खाता रोका गया है। आपसे कुछ नहीं लिया जाता: जो भी लिया गया हो, वह आपको वापस होता है।',
  },
  DeadlinePassedError: {
    en: () => 'The payment took too long and was called off. What was taken goes back to you.',
    hi: () => 'भुगतान में बहुत देर हुई और वह रद्द हुआ। लिया गया पैसा आपको वापस किया जाता है।',
  },
  TooManyExecutionsError: {
    en: () => 'The payment was tried several times without an end; a person looks at it now.',
    hi: () => 'भुगतान कई बार कोशिश पर भी पूरा नहीं हुआ; अब कोई व्यक्ति उसे देख रहा है।',
  },
  ForeignExecutionError: {
    en: () => 'This payment was worked on by what is not its own. It has been recorded.',
    hi: () => 'इस भुगतान पर किसी और प्रक्रिया ने काम किया। इसे दर्ज कर लिया गया है।',
  },
  SagaTurnedError: {
    en: () => 'This payment is being called off already.',
    hi: () => 'यह भुगतान पहले ही रद्द किया जा रहा है।',
  },
  PivotPassedError: {
    en: () => 'This payment can no longer be called off.',
    hi: () => 'यह भुगतान अब रद्द नहीं हो सकता।',
  },
  ReferenceTakenError: {
    en: ({ reference }) =>
      `You have used ${told(reference, 'the same')} as the reference of another payment.`,
    hi: ({ reference }) => `${told(reference, 'यही')} संदर्भ आप किसी और भुगतान के लिए इस्तेमाल कर चुके हैं।`,
  },
  LinkNotUsableError: {
    en: ({ because, upTo }) =>
      because === 'amount'
        ? `By this link a payment may be at most ${money(upTo, 'en')}.`
        : 'This link was ended, and pays nothing any more.',
    hi: ({ because, upTo }) =>
      because === 'amount'
        ? `इस लिंक से एक भुगतान ज़्यादा से ज़्यादा ${money(upTo, 'hi')} का हो सकता है।`
        : 'यह लिंक समाप्त कर दिया गया है, अब इससे कोई भुगतान नहीं होता।',
  },
});

/** Notices, in both languages; the reader's channel chooses. */
export const notices = {
  merchant_notice: {
    en: (amount: number) => `${money(amount, 'en')} received; it is on its way to your settlement account.`,
    hi: (amount: number) => `${money(amount, 'hi')} प्राप्त हुए; यह आपके निपटान खाते में भेजे जा रहे हैं।`,
  },
  receipt: {
    en: (amount: number) => `You paid ${money(amount, 'en')}. Thank you.`,
    hi: (amount: number) => `आपने ${money(amount, 'hi')} का भुगतान किया। धन्यवाद।`,
  },
  refund_notice: {
    en: (amount: number) => `${money(amount, 'en')} of your payment was given back to you.`,
    hi: (amount: number) => `आपके भुगतान में से ${money(amount, 'hi')} आपको लौटा दिए गए हैं।`,
  },
};
