import type { Words } from '../../words/language.tsx';

export const WORDS = {
  title: { en: 'Sign in to the console', hi: 'कंसोल में साइन इन करें' },
  language: { en: 'हिन्दी', hi: 'English' },
  used: {
    en: 'This code is used up or too old: each is worth one sign-in within five minutes.',
    hi: 'यह कोड इस्तेमाल हो चुका है या पुराना है: हर कोड पाँच मिनट के भीतर एक बार काम आता है।',
  },
  how: {
    en: 'There is no password. Whoever has the city’s AWS credentials has an address made that signs in once, in a terminal in the project’s folder:',
    hi: 'कोई पासवर्ड नहीं है। जिसके पास शहर के AWS क्रेडेंशियल हैं, वह प्रोजेक्ट के फ़ोल्डर में टर्मिनल से एक बार साइन इन करने वाला पता बनवाता है:',
  },
  viewer: { en: 'For somebody who may look and change nothing:', hi: 'जो केवल देखे और कुछ न बदले, उसके लिए:' },
} as const satisfies Words;
