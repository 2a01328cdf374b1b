/** What people read of an order on its way, and of a booking of berths, in both languages. */
import { defineMessages, told } from '../../shared/messages/index.ts';

export const messages = defineMessages({
  OrderEndedError: {
    en: () => 'This order has come to its end.',
    hi: () => 'यह ऑर्डर पूरा हो चुका है।',
  },
  SubscriptionLimitError: {
    en: ({ of, limit }) =>
      of === 'connection'
        ? `One connection follows at most ${told(limit, 'so many')} orders and bookings.`
        : `This ${of === 'booking' ? 'booking' : 'order'} is followed by ${told(limit, 'too many')} connections already.`,
    hi: ({ of, limit }) =>
      of === 'connection'
        ? `एक कनेक्शन ज़्यादा से ज़्यादा ${told(limit, 'कुछ')} ऑर्डर और बुकिंग देख सकता है।`
        : `इस ${of === 'booking' ? 'बुकिंग' : 'ऑर्डर'} को पहले से ${told(limit, 'बहुत सारे')} कनेक्शन देख रहे हैं।`,
  },

  // How an order stands, by its state and that of its rider.
  PLACED: {
    en: () => 'Your order is placed.',
    hi: () => 'आपका ऑर्डर दर्ज हो गया है।',
  },
  PAYMENT_CONFIRMED: {
    en: () => 'The payment is confirmed.',
    hi: () => 'भुगतान की पुष्टि हो गई है।',
  },
  ACCEPTED: {
    en: () => 'The restaurant has accepted the order.',
    hi: () => 'रेस्टोरेंट ने ऑर्डर स्वीकार कर लिया है।',
  },
  PREPARING: {
    en: () => 'The food is being prepared.',
    hi: () => 'खाना बन रहा है।',
  },
  READY: {
    en: () => 'The food is ready to be picked up.',
    hi: () => 'खाना तैयार है।',
  },
  PICKED_UP: {
    en: () => 'The rider has picked the food up.',
    hi: () => 'राइडर ने खाना ले लिया है।',
  },
  OUT_FOR_DELIVERY: {
    en: () => 'The food is on its way.',
    hi: () => 'खाना रास्ते में है।',
  },
  DELIVERED: {
    en: () => 'The food is delivered. Enjoy your meal.',
    hi: () => 'खाना पहुँच गया है। भोजन का आनंद लें।',
  },
  REJECTED: {
    en: () => 'The restaurant could not take the order.',
    hi: () => 'रेस्टोरेंट यह ऑर्डर नहीं ले सका।',
  },
  CANCELLED_BY_CUSTOMER: {
    en: () => 'The order was cancelled by the customer.',
    hi: () => 'ग्राहक ने ऑर्डर रद्द कर दिया है।',
  },
  CANCELLED_BY_RESTAURANT: {
    en: () => 'The order was cancelled by the restaurant.',
    hi: () => 'रेस्टोरेंट ने ऑर्डर रद्द कर दिया है।',
  },
  PAYMENT_FAILED: {
    en: () => 'The payment did not go through, so the order was cancelled.',
    hi: () => 'भुगतान नहीं हो सका, इसलिए ऑर्डर रद्द हो गया है।',
  },
  REFUNDED: {
    en: () => 'The money was given back.',
    hi: () => 'रकम लौटा दी गई है।',
  },
  SEARCHING: {
    en: () => 'A rider is being looked for.',
    hi: () => 'राइडर ढूँढा जा रहा है।',
  },
  RIDER_ASSIGNED: {
    en: ({ name }) => `${told(name, 'A rider')} will bring the food.`,
    hi: ({ name }) => `${told(name, 'एक राइडर')} खाना लेकर आएँगे।`,
  },
  RIDER_UNASSIGNED: {
    en: () => 'The rider cannot come; another one is being looked for.',
    hi: () => 'राइडर नहीं आ पाएँगे; दूसरा राइडर ढूँढा जा रहा है।',
  },

  // How a booking of berths stands, by its state, with what its passengers have: `CNF B1-23, RAC 3 B1-7`.
  INITIATED: {
    en: () => 'The booking is asked for, and waits in its line.',
    hi: () => 'बुकिंग माँगी गई है और अपनी कतार में है।',
  },
  PAYMENT_PENDING: {
    en: ({ seats }) => `Until it is paid this is held: ${told(seats, 'places')}.`,
    hi: ({ seats }) => `भुगतान होने तक यह रोका गया है: ${told(seats, 'जगहें')}।`,
  },
  CONFIRMED: {
    en: ({ seats }) => `The booking is confirmed: ${told(seats, 'with berths')}.`,
    hi: ({ seats }) => `बुकिंग की पुष्टि हो गई है: ${told(seats, 'बर्थ के साथ')}।`,
  },
  RAC: {
    en: ({ seats }) => `The booking is in RAC: ${told(seats, 'with shared berths')}.`,
    hi: ({ seats }) => `बुकिंग RAC में है: ${told(seats, 'साझा बर्थ के साथ')}।`,
  },
  WAITLISTED: {
    en: ({ seats }) => `The booking is on the waiting list: ${told(seats, 'without berths')}.`,
    hi: ({ seats }) => `बुकिंग प्रतीक्षा सूची में है: ${told(seats, 'बिना बर्थ के')}।`,
  },
  CANCELLED: {
    en: () => 'The booking is cancelled.',
    hi: () => 'बुकिंग रद्द हो गई है।',
  },
  FAILED: {
    en: () => 'The booking came to nothing.',
    hi: () => 'बुकिंग नहीं हो सकी।',
  },
  EXPIRED: {
    en: () => 'Nobody paid in time, so the places were given up.',
    hi: () => 'समय पर भुगतान नहीं हुआ, इसलिए जगहें छोड़ दी गईं।',
  },
});
