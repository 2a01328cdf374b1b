/** Acts that are measured: of each system some kinds, and what they are called on its pages. */
import type { CityFile } from '../../localstack/cloud/city.ts';
import { callsOf } from './logs.ts';
import type { Item, MeasuredActs } from './measured.ts';

export type Language = 'en' | 'hi';
export type Text = { readonly [language in Language]: string };

/** What is measured of a system's acts. */
export type MeasuredRun = Pick<MeasuredActs, 'kinds' | 'memory'>;

export interface ActsOfSystem {
  /** How often each act is done, so that the page is written. */
  readonly wanted: number;
  /** In the order of the columns. */
  readonly kinds: { readonly [kind: string]: Text };
  /** What its acts use at all. */
  readonly items: readonly Item[];
  /** What an act is, and what of it is left out. */
  readonly notes: Text;
}

/** How often doors of a system, of these functions, were called since a moment. */
export const doorCalls = (
  { endpoint, region, systems }: CityFile,
  system: string,
  functions: readonly string[],
  from: number,
): Promise<number> => {
  const doors = (systems[system]?.doors ?? []) as readonly { readonly function: string }[];
  const names = doors.map((door) => door.function).filter((name) => functions.includes(name));
  return callsOf({ endpoint, region })(names, from);
};

const ALWAYS: readonly Item[] = ['invocations', 'gbSeconds', 'writes', 'reads', 'events'];

export const ACTS = {
  'zomato-ordering': {
    wanted: 20,
    kinds: {
      search: { en: 'a search', hi: 'एक खोज' },
      order: { en: 'an order, delivered', hi: 'एक ऑर्डर, पहुँचाया हुआ' },
    },
    items: [...ALWAYS, 'apiRequests', 'logGigabytes'],
    notes: {
      en: 'A search is one page of `GET /restaurants`; somebody searches five times a minute. An order is placed, accepted, taken by a rider, cooked, fetched, brought, and paid at the door, in eight calls; nobody looks at it meanwhile but tracking, which asks once where it goes. What tracking and the console do with its events is theirs.',
      hi: 'खोज यानी `GET /restaurants` का एक पन्ना; एक व्यक्ति एक मिनट में पाँच बार खोजता है। ऑर्डर दिया, स्वीकारा, राइडर ने लिया, पका, उठा, पहुँचा और दरवाज़े पर चुकाया गया, आठ कॉल में; इस बीच उसे केवल tracking देखता है, जो एक बार पूछता है कि वह कहाँ जाता है। उसके events के साथ tracking और console जो करते हैं, वह उनका है।',
    },
  },
  'swiggy-tracking': {
    wanted: 1,
    kinds: {
      three: { en: '3 followers, 30 minutes', hi: '3 देखने वाले, 30 मिनट' },
      ten: { en: '10 followers, 30 minutes', hi: '10 देखने वाले, 30 मिनट' },
    },
    items: [...ALWAYS, 'queueRequests', 'apiRequests', 'socketMessages', 'connectionMinutes', 'logGigabytes'],
    notes: {
      en: 'An order of 30 minutes, from placed to delivered, followed by whoever ordered, cooks and rides it, and in the second column by seven more devices of who ordered. Each has a ticket and one connection, and looks every 30 seconds whether it has everything. The rider says where they are every ten seconds, for the 15 minutes from fetching to bringing; customer and rider write one message each. It is played in some minutes with as many calls; connection minutes are reckoned.',
      hi: '30 मिनट का ऑर्डर, दिए जाने से पहुँचने तक; देखते हैं वह जिसने मँगाया, जो पकाता है और जो लाता है, और दूसरे स्तंभ में मँगाने वाले के सात और फ़ोन। हर एक का एक ticket और एक connection है, और हर 30 सेकंड पर वह पूछता है कि सब कुछ मिला या नहीं। उठाने से पहुँचाने तक के 15 मिनट राइडर हर दस सेकंड पर बताता है कि वह कहाँ है; ग्राहक और राइडर एक-एक संदेश लिखते हैं। इसे उतनी ही कॉल के साथ कुछ मिनट में खेला जाता है; connection के मिनट गिने हुए हैं।',
    },
  },
  'irctc-booking': {
    wanted: 20,
    kinds: {
      ticket: { en: 'a booking, paid', hi: 'एक बुकिंग, भुगतान के साथ' },
      cancelled: { en: 'a cancellation, with promotion and refund', hi: 'एक रद्दीकरण, पदोन्नति और रिफ़ंड के साथ' },
      look: { en: 'a look', hi: 'एक बार देखना' },
    },
    items: [
      ...ALWAYS,
      ...(['topicRequests', 'fifoTopicRequests', 'queueRequests', 'fifoQueueRequests'] as const),
      ...(['apiRequests', 'logGigabytes'] as const),
    ],
    notes: {
      en: 'A booking is a request for two that gets berths, is paid from a wallet and becomes a ticket, with one SMS and one e-mail; nobody looks at it meanwhile. In the second column one of six stays at home while a full train has people who share and wait: who shares gets the berth, who waits the half, and a part of the fare goes back. So a booking that waits and is promoted costs the first and the second. A look is one `GET …/availability` and one `GET /pnr/…`. Bookings come one by one; where several come together, they share the writing of their pool. What the payment saga and the console do for it is theirs.',
      hi: 'बुकिंग यानी दो लोगों का अनुरोध, जिसे बर्थ मिलती हैं, वॉलेट से भुगतान होता है और वह टिकट बनता है, एक SMS और एक ई-मेल के साथ; इस बीच उसे कोई नहीं देखता। दूसरे स्तंभ में छह में से एक यात्री नहीं जाता, जबकि भरी ट्रेन में लोग साझा करते और प्रतीक्षा करते हैं: साझा करने वाले को बर्थ मिलती है, प्रतीक्षा करने वाले को आधी, और किराए का एक हिस्सा लौटता है। इसलिए जो बुकिंग प्रतीक्षा करके आगे बढ़ती है, उसमें पहले और दूसरे स्तंभ दोनों लगते हैं। देखना यानी एक `GET …/availability` और एक `GET /pnr/…`। बुकिंग एक-एक करके आती हैं; जो साथ आती हैं, वे अपने pool का लिखना बाँट लेती हैं। इसके लिए payment saga और console जो करते हैं, वह उनका है।',
    },
  },
} as const satisfies { readonly [system: string]: ActsOfSystem };
export type ActsSystem = keyof typeof ACTS;
