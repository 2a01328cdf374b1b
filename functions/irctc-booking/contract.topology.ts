/**
 * The original's exchanges and queues on RabbitMQ, and what stands for each here: the stack is made of it, and the tables of
 * the page. A binding is a subscription with a filter; a dead-letter exchange is a queue's redrive policy.
 */
import { events } from './contract.events.ts';

interface Both {
  readonly en: string;
  readonly hi: string;
}

export interface ExchangeOf {
  /** The topic is called `irctc-booking-<name>`. */
  readonly name: string;
  readonly fifo: boolean;
  /** What it is on RabbitMQ. */
  readonly original: string;
  /** What is told on it. */
  readonly types: readonly string[];
}

export const exchanges = {
  requests: {
    ...{ name: 'requests', fifo: true, original: 'irctc.booking.direct (direct)' },
    types: [events.requested.type],
  },
  direct: {
    ...{ name: 'direct', fifo: false, original: 'irctc.booking.direct (direct)' },
    types: [events.paymentWanted.type, events.refundWanted.type],
  },
  topic: {
    ...{ name: 'topic', fifo: false, original: 'irctc.booking.topic (topic)' },
    types: [events.promotionDue.type, events.chartDue.type],
  },
  notifications: {
    ...{ name: 'notifications', fifo: false, original: 'irctc.notifications (fanout)' },
    types: [events.noticeWanted.type],
  },
} as const satisfies { readonly [name: string]: ExchangeOf };

export interface BindingOf {
  /** The consumer, and its queue: `irctc-booking-<consumer>`, its dead letters `…-dead`. */
  readonly consumer: string;
  readonly exchange: keyof typeof exchanges;
  /** What the subscription lets through; one that ends in `*` stands for all that begin so. @default everything */
  readonly types?: readonly string[];
  /** The original's queue and binding key. */
  readonly original?: { readonly queue: string; readonly key: string };
  readonly differs: Both;
}

export const bindings = [
  {
    consumer: 'allocate-berths',
    exchange: 'requests',
    original: { queue: 'booking.requests', key: 'booking.request' },
    differs: {
      en: 'One line for each train, day and class (a FIFO group), each with one allocation at a time, however many consumers there are; there it was one thread for all.',
      hi: 'हर ट्रेन, तारीख और श्रेणी की अपनी कतार (FIFO group), हर एक में एक बार में एक आवंटन, चाहे कितने ही consumer हों; वहाँ सबके लिए एक thread था।',
    },
  },
  {
    consumer: 'take-payment',
    exchange: 'direct',
    types: [events.paymentWanted.type],
    original: { queue: 'payment.processing', key: 'booking.payment' },
    differs: {
      en: 'Outside the line, against places that are held: whoever pays slowly holds up nobody.',
      hi: 'कतार के बाहर, रोकी हुई जगहों के लिए: धीमा भुगतान किसी को नहीं रोकता।',
    },
  },
  {
    consumer: 'refund-booking',
    exchange: 'direct',
    types: [events.refundWanted.type],
    differs: { en: 'The original gave nothing back.', hi: 'मूल प्रोग्राम कुछ भी वापस नहीं करता था।' },
  },
  {
    consumer: 'promote-waiting',
    exchange: 'topic',
    types: ['irctc-booking.Promotion*'],
    original: { queue: 'waitlist.management', key: 'booking.waitlist.*' },
    differs: {
      en: 'There nobody consumed it. A prefix in the filter stands for the `*` of the key; the class is in the message.',
      hi: 'वहाँ इसे कोई नहीं पढ़ता था। key के `*` की जगह filter में prefix है; श्रेणी संदेश में है।',
    },
  },
  {
    consumer: 'prepare-chart',
    exchange: 'topic',
    types: [events.chartDue.type],
    differs: { en: 'The original made no charts.', hi: 'मूल प्रोग्राम चार्ट नहीं बनाता था।' },
  },
  {
    consumer: 'send-sms',
    exchange: 'notifications',
    original: { queue: 'notifications.queue', key: '' },
    differs: {
      en: 'A fanout with one queue shows nothing: here SMS and e-mail each have theirs, and fail apart.',
      hi: 'एक ही queue वाला fanout कुछ नहीं दिखाता: यहाँ SMS और ई-मेल की अपनी-अपनी queue है, और वे अलग-अलग असफल होते हैं।',
    },
  },
  {
    consumer: 'send-email',
    exchange: 'notifications',
    original: { queue: 'notifications.queue', key: '' },
    differs: { en: 'As `send-sms`.', hi: '`send-sms` की तरह।' },
  },
] as const satisfies readonly BindingOf[];

/** Queues of the original for which no queue stands here. */
export const folded: readonly { readonly queue: string; readonly key: string; readonly why: Both }[] = [
  {
    ...{ queue: 'seat.allocation', key: 'booking.seat.*' },
    why: {
      en: 'Allocation is the first step and no last message: it is the transaction of `allocate-berths`, and can be refused. The fact goes over the bus.',
      hi: 'आवंटन पहला कदम है, आखिरी संदेश नहीं: वह `allocate-berths` का transaction है, और मना हो सकता है। उसकी सूचना bus पर जाती है।',
    },
  },
  {
    ...{ queue: 'booking.confirmation', key: 'booking.confirm' },
    why: {
      en: 'A booking is a ticket in the transaction that hears of its payment (`hear-payment`, from the bus): between them nothing can be lost.',
      hi: 'भुगतान की सूचना सुनने वाले transaction में ही बुकिंग टिकट बन जाती है (`hear-payment`, bus से): बीच में कुछ खो नहीं सकता।',
    },
  },
  {
    ...{ queue: 'dead.letter.queue', key: 'dead_letter' },
    why: {
      en: 'Each queue has dead letters of its own, by its redrive policy and not by a key that somebody forgets to bind; what no retry can help is parked with its reason.',
      hi: 'हर queue के अपने dead letters हैं, redrive policy से, किसी भूली हुई binding key से नहीं; जिसे दोहराना व्यर्थ है, वह कारण के साथ park होता है।',
    },
  },
];

/** What RabbitMQ promises by arguments, and what stands for it. */
export const differences: readonly { readonly there: string; readonly here: Both }[] = [
  {
    there: 'durable, persistent',
    here: {
      en: 'SQS and SNS store on several machines; nothing to ask for.',
      hi: 'SQS और SNS कई मशीनों पर रखते हैं; माँगना नहीं पड़ता।',
    },
  },
  {
    there: 'publisher confirms',
    here: {
      en: 'An outbox in the transaction of the change; the relay sends until SNS has accepted.',
      hi: 'बदलाव के transaction में ही outbox; relay तब तक भेजता है जब तक SNS स्वीकार न करे।',
    },
  },
  {
    there: 'mandatory',
    here: {
      en: 'SNS drops what no subscription takes and says nothing; the synthesis refuses a type that no queue takes.',
      hi: 'जिसे कोई subscription न ले उसे SNS चुपचाप छोड़ देता है; इसलिए synthesis ऐसे type को मना करता है।',
    },
  },
  {
    there: 'ack after work, prefetch 1',
    here: {
      en: 'A batch with an answer for each message; what is worked on is invisible for six times the consumer’s time-out. How many at once is the mapping’s concurrency.',
      hi: 'हर संदेश के उत्तर के साथ batch; काम के दौरान संदेश consumer के time-out के छह गुना समय अदृश्य रहता है। एक साथ कितने, यह mapping की concurrency तय करती है।',
    },
  },
  {
    there: 'message TTL, one hour',
    here: {
      en: 'A queue keeps messages four days, dead letters fourteen. What is too old is judged by the booking: a hold that has expired, a chart that is made.',
      hi: 'queue संदेश चार दिन रखती है, dead letters चौदह। कौन सा पुराना है, यह बुकिंग से तय होता है: समाप्त hold, बना चार्ट।',
    },
  },
  {
    there: 'x-max-retries 3 (no argument of RabbitMQ)',
    here: {
      en: 'maxReceiveCount 5 of the redrive policy; in the line three tries inside the consumer, then it is parked, so that the line goes on.',
      hi: 'redrive policy का maxReceiveCount 5; कतार में consumer के भीतर तीन कोशिशें, फिर park, ताकि कतार आगे बढ़े।',
    },
  },
  {
    there: 'priority',
    here: {
      en: 'SQS has none: what must not wait has a queue of its own.',
      hi: 'SQS में नहीं है: जिसे रुकना नहीं चाहिए उसकी अपनी queue है।',
    },
  },
  {
    there: 'order',
    here: {
      en: 'Of a queue on RabbitMQ, of a group on a FIFO queue, none on a standard queue: whatever depends on it reads the version of what it changes.',
      hi: 'RabbitMQ में queue का, FIFO queue में group का, standard queue में कोई नहीं: जिसे क्रम चाहिए वह बदली जाने वाली चीज़ का version पढ़ता है।',
    },
  },
];
