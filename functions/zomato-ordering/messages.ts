import { defineMessages, told } from '../../shared/messages/index.ts';
import { formatPaise, paise } from '../../shared/money/index.ts';
import { peopleMessages } from './messages.people.ts';

/** What a person reads about the errors of ordering. */
export const messages = defineMessages({
  ...peopleMessages,
  RestaurantClosedError: {
    en: () => 'This restaurant takes no orders now. Please come back later.',
    hi: () => 'यह रेस्तराँ अभी ऑर्डर नहीं ले रहा। कृपया बाद में आएँ।',
  },
  ItemOfOtherRestaurantError: {
    en: ({ item }) =>
      `${told(item, 'This item')} is on another restaurant’s menu; one order is of one kitchen.`,
    hi: ({ item }) => `${told(item, 'यह व्यंजन')} किसी और रेस्तराँ के मेन्यू में है; एक ऑर्डर एक ही रसोई का होता है।`,
  },
  ItemUnavailableError: {
    en: ({ item }) => `${told(item, 'This item')} is sold out.`,
    hi: ({ item }) => `${told(item, 'यह व्यंजन')} अभी खत्म हो गया है।`,
  },
  CouponNotValidError: {
    en: ({ coupon, why, from }) => `The coupon ${told(coupon, '')} ${REASONS.en(why, from)}.`,
    hi: ({ coupon, why, from }) => `कूपन ${told(coupon, '')} ${REASONS.hi(why, from)}।`,
  },
  WalletNotLinkedError: {
    en: () => 'To pay like this, please link a wallet first, or pay in cash at the door.',
    hi: () => 'इस तरह भुगतान के लिए पहले वॉलेट जोड़ें, या दरवाज़े पर नकद दें।',
  },
  MoveNotAllowedError: {
    en: ({ from, to }) =>
      `The order is ${told(from, 'elsewhere')} and cannot become ${told(to, 'that')} now.`,
    hi: ({ from, to }) => `ऑर्डर ${told(from, 'किसी और स्थिति')} में है, अभी ${told(to, 'यह')} नहीं हो सकता।`,
  },
  OrderNotCancellableError: {
    en: ({ state }) => `The order is ${told(state, 'too far')} and cannot be cancelled any more.`,
    hi: ({ state }) => `ऑर्डर ${told(state, 'बहुत आगे')} है, अब रद्द नहीं हो सकता।`,
  },
  OrderTakenError: {
    en: () => 'Another rider has this order.',
    hi: () => 'यह ऑर्डर किसी और राइडर के पास है।',
  },
  PreconditionFailedError: {
    en: () => 'It has changed since you looked at it. Please look again.',
    hi: () => 'आपके देखने के बाद यह बदल गया है। कृपया फिर देखें।',
  },
});

const rupees = (amount: unknown, language: 'en' | 'hi'): string =>
  typeof amount === 'number' && Number.isSafeInteger(amount) && amount >= 0
    ? formatPaise(paise(amount), language)
    : '…';

const REASONS = {
  en: (why: unknown, from: unknown): string =>
    why === 'expired'
      ? 'is over'
      : why === 'order_too_small'
        ? `is for orders from ${rupees(from, 'en')}`
        : 'is not known here',
  hi: (why: unknown, from: unknown): string =>
    why === 'expired'
      ? 'की अवधि समाप्त हो गई है'
      : why === 'order_too_small'
        ? `${rupees(from, 'hi')} से ऊपर के ऑर्डर के लिए है`
        : 'यहाँ मान्य नहीं है',
};
