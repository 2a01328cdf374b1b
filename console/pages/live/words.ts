import type { OrderState } from '../../../functions/zomato-ordering/contract.views.ts';
import type { Text, Words } from '../../words/language.tsx';

export const WORDS = {
  live: { en: 'Live Mumbai', hi: 'लाइव मुंबई' },
  help: {
    en: 'Who brings what to whom at the moment. The map is drawn here; nothing is asked of another server.',
    hi: 'इस समय कौन किसके लिए क्या ला रहा है। नक़्शा यहीं बनता है; किसी और सर्वर से कुछ नहीं पूछा जाता।',
  },
  operatorsOnly: {
    en: 'Where riders are and what is written in an order is shown to operators alone; you are signed in as a viewer.',
    hi: 'राइडर कहाँ हैं और ऑर्डर में क्या लिखा गया, यह केवल ऑपरेटर को दिखता है; आप दर्शक के रूप में साइन इन हैं।',
  },
  map: { en: 'Map of Mumbai', hi: 'मुंबई का नक़्शा' },
  mapHelp: {
    en: 'All that it shows stands in the table of orders, too.',
    hi: 'इसमें जो दिखता है, वह सब ऑर्डर की तालिका में भी है।',
  },
  sea: { en: 'Arabian Sea', hi: 'अरब सागर' },
  rider: { en: 'Rider', hi: 'राइडर' },
  restaurant: { en: 'Restaurant', hi: 'रेस्टोरेंट' },
  customer: { en: 'Where it goes', hi: 'जहाँ जाना है' },
  trail: { en: 'Where the rider was', hi: 'राइडर कहाँ-कहाँ था' },
  reported: { en: 'Last reported place', hi: 'आख़िरी बताई गई जगह' },
  beside: (n: string) => ({
    en: `${n} beside this map: see the table`,
    hi: `${n} इस नक़्शे से बाहर: तालिका में देखें`,
  }),
  orders: { en: 'Orders under way', hi: 'चालू ऑर्डर' },
  order: { en: 'Order', hi: 'ऑर्डर' },
  chosen: { en: 'chosen', hi: 'चुना हुआ' },
  state: { en: 'State', hi: 'अवस्था' },
  where: { en: 'Where the rider is', hi: 'राइडर कहाँ है' },
  near: (place: string) => ({ en: `near ${place}`, hi: `${place} के पास` }),
  place: (latitude: string, longitude: string) => ({
    en: `${latitude} N, ${longitude} E`,
    hi: `${latitude} उ., ${longitude} पू.`,
  }),
  ago: (length: string) => ({ en: `${length} ago`, hi: `${length} पहले` }),
  total: { en: 'Total', hi: 'कुल' },
  placedAt: { en: 'Placed', hi: 'दर्ज हुआ' },
  others: {
    en: 'There are more than a hundred; these are the newest.',
    hi: 'सौ से ज़्यादा हैं; ये सबसे नए हैं।',
  },
  none: { en: 'Nothing is under way.', hi: 'इस समय कुछ चालू नहीं है।' },
  howToMove: {
    en: 'This has an order brought from Bandra to Colaba:',
    hi: 'इससे एक ऑर्डर बांद्रा से कोलाबा लाया जाता है:',
  },
  choose: {
    en: 'Choose an order, on the map or in the table, and what happens to it shows here.',
    hi: 'नक़्शे पर या तालिका में कोई ऑर्डर चुनें; उसके साथ जो हो रहा है, यहाँ दिखेगा।',
  },
  close: { en: 'Follow no longer', hi: 'अब न देखें' },
  connecting: { en: 'Connecting', hi: 'जुड़ रहा है' },
  liveNow: { en: 'Live', hi: 'लाइव' },
  asking: { en: 'No socket here: asked for every 2 s', hi: 'यहाँ socket नहीं: हर 2 से॰ में पूछा जाता है' },
  ended: { en: 'At its end', hi: 'पूरा हुआ' },
  refused: { en: 'It cannot be followed', hi: 'इसे देखा नहीं जा सकता' },
  way: { en: 'How far it is', hi: 'कहाँ तक पहुँचा' },
  done: { en: 'done', hi: 'हो गया' },
  now: { en: 'now', hi: 'अभी' },
  ahead: { en: 'not yet', hi: 'अभी नहीं' },
  broughtBy: (name: string) => ({ en: `Brought by ${name}`, hi: `${name} ला रहे हैं` }),
  nobodyYet: { en: 'Nobody brings it yet', hi: 'अभी कोई नहीं ला रहा' },
  left: (distance: string, time: string) => ({
    en: `${distance} left, there about ${time}`,
    hi: `${distance} बाकी, लगभग ${time} पर पहुँचेंगे`,
  }),
  bill: { en: 'Bill', hi: 'बिल' },
  payment: { en: 'Payment', hi: 'भुगतान' },
  chat: { en: 'Chat', hi: 'चैट' },
  noChat: { en: 'Nobody has written anything.', hi: 'किसी ने कुछ नहीं लिखा।' },
  log: { en: 'Log', hi: 'लॉग' },
  logHelp: { en: 'Newest first. No number is missing.', hi: 'नया पहले। कोई क्रमांक छूटा नहीं है।' },
  number: { en: 'No.', hi: 'क्र.' },
  time: { en: 'Time', hi: 'समय' },
  what: { en: 'What', hi: 'क्या' },
  wrote: (who: string) => ({ en: `Message: ${who}`, hi: `संदेश: ${who}` }),
  notThere: {
    en: 'Ordering knows no such order: it has no bill.',
    hi: 'ऑर्डरिंग ऐसा कोई ऑर्डर नहीं जानता: इसका बिल नहीं है।',
  },
} as const satisfies Words;

export const STATES: { readonly [state in OrderState]: Text } = {
  PLACED: { en: 'Placed', hi: 'दर्ज' },
  PAYMENT_CONFIRMED: { en: 'Paid', hi: 'भुगतान हुआ' },
  ACCEPTED: { en: 'Accepted', hi: 'स्वीकार' },
  PREPARING: { en: 'Being cooked', hi: 'बन रहा है' },
  READY: { en: 'Ready', hi: 'तैयार' },
  PICKED_UP: { en: 'Picked up', hi: 'उठाया गया' },
  OUT_FOR_DELIVERY: { en: 'On its way', hi: 'रास्ते में' },
  DELIVERED: { en: 'Delivered', hi: 'पहुँचा' },
  REJECTED: { en: 'Rejected', hi: 'अस्वीकार' },
  CANCELLED_BY_CUSTOMER: { en: 'Cancelled by the customer', hi: 'ग्राहक ने रद्द किया' },
  CANCELLED_BY_RESTAURANT: { en: 'Cancelled by the restaurant', hi: 'रेस्टोरेंट ने रद्द किया' },
  PAYMENT_FAILED: { en: 'Payment failed', hi: 'भुगतान विफल' },
  REFUNDED: { en: 'Refunded', hi: 'रकम लौटाई गई' },
};

export const CHARGES = {
  itemsTotal: { en: 'Food', hi: 'खाना' },
  packing: { en: 'Packing', hi: 'पैकिंग' },
  gstOnFood: { en: 'GST on food', hi: 'खाने पर GST' },
  deliveryFee: { en: 'Delivery', hi: 'डिलीवरी' },
  platformFee: { en: 'Platform fee', hi: 'प्लेटफ़ॉर्म शुल्क' },
  gstOnFees: { en: 'GST on fees', hi: 'शुल्कों पर GST' },
  tip: { en: 'Tip for the rider', hi: 'राइडर की टिप' },
  coupon: { en: 'Coupon', hi: 'कूपन' },
  total: { en: 'Total', hi: 'कुल' },
} as const satisfies Words;

export const METHODS = {
  wallet: { en: 'from the wallet', hi: 'वॉलेट से' },
  upi_qr: { en: 'by UPI', hi: 'UPI से' },
  cash_on_delivery: { en: 'in cash at the door', hi: 'दरवाज़े पर नक़द' },
} as const satisfies Words;

export const PAYMENTS = {
  pending: { en: 'waited for', hi: 'प्रतीक्षा में' },
  paid: { en: 'paid', hi: 'भुगतान हुआ' },
  on_delivery: { en: 'due on delivery', hi: 'डिलीवरी पर देना है' },
  failed: { en: 'failed', hi: 'विफल' },
  refund_due: { en: 'to be given back', hi: 'लौटाना है' },
  refunded: { en: 'given back', hi: 'लौटाया गया' },
} as const satisfies Words;

export const SENDERS = {
  customer: { en: 'Customer', hi: 'ग्राहक' },
  rider: { en: 'Rider', hi: 'राइडर' },
  kitchen: { en: 'Kitchen', hi: 'रसोई' },
} as const satisfies Words;
