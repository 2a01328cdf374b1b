import type { QueueRow } from '../../model/rail-queues.ts';
import type { Text, Words } from '../../words/language.tsx';

export const WORDS = {
  queues: { en: 'Queues', hi: 'कतारें' },
  help: {
    en: 'Their names begin with irctc-booking-. Counts are SQS’s, about, every two seconds. Ages are CloudWatch’s: up to five minutes old, and on AWS it has them a minute late.',
    hi: 'इनके नाम irctc-booking- से शुरू होते हैं। गिनती SQS की है, लगभग, हर दो सेकंड। उम्र CloudWatch की है: पाँच मिनट तक पुरानी, और AWS पर एक मिनट देर से।',
  },
  queue: { en: 'Queue', hi: 'कतार' },
  original: { en: 'In RabbitMQ', hi: 'RabbitMQ में' },
  topic: { en: 'Topic', hi: 'टॉपिक' },
  elsewhere: { en: 'bus or schedule', hi: 'इवेंट बस या समय-सारणी' },
  visible: { en: 'Waiting', hi: 'इंतज़ार में' },
  inFlight: { en: 'Being worked on', hi: 'काम जारी' },
  oldest: { en: 'Oldest', hi: 'सबसे पुराना' },
  dead: { en: 'Dead letters', hi: 'डेड लेटर' },
  trend: { en: 'Last two minutes', hi: 'पिछले दो मिनट' },
  trendOf: (name: string, now: string, most: string) => ({
    en: `${name}: ${now} now, ${most} at most since you look`,
    hi: `${name}: अभी ${now}, जब से आप देख रहे हैं अधिकतम ${most}`,
  }),
  none: { en: 'none waits', hi: 'कोई नहीं' },
  untold: { en: 'not told yet', hi: 'अभी पता नहीं' },
  lettersIn: (name: string) => ({ en: `Dead letters in ${name}`, hi: `${name} में डेड लेटर` }),
} as const satisfies Words;

export const KINDS: { readonly [kind in QueueRow['kind']]: Text } = {
  line: { en: 'one line for each train, day and class', hi: 'हर ट्रेन, दिन और श्रेणी की एक पंक्ति' },
  work: { en: '', hi: '' },
  dead: { en: 'for a person to see to', hi: 'किसी व्यक्ति के देखने के लिए' },
};
