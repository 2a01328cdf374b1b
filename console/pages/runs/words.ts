import type { Words } from '../../words/language.tsx';

export const WORDS = {
  executions: { en: 'Executions', hi: 'एक्ज़ीक्यूशन' },
  name: { en: 'Execution', hi: 'एक्ज़ीक्यूशन' },
  saga: { en: 'Business id', hi: 'व्यवसाय आईडी' },
  status: { en: 'Status', hi: 'स्थिति' },
  started: { en: 'Started', hi: 'शुरू' },
  lasted: { en: 'Lasted', hi: 'समय लगा' },
  soFar: (time: string) => ({ en: `${time} so far`, hi: `अब तक ${time}` }),
  all: { en: 'All statuses', hi: 'सभी स्थितियाँ' },
  retrying: { en: 'Running: retrying', hi: 'चल रहा है: दोबारा कोशिश में' },
  waitingToken: { en: 'Running: waiting for an answer', hi: 'चल रहा है: जवाब के इंतज़ार में' },
  waitingTime: { en: 'Running: waiting for a time', hi: 'चल रहा है: समय के इंतज़ार में' },
  working: { en: 'Running: being worked on', hi: 'चल रहा है: काम जारी' },
  search: { en: 'Business id or execution, whole or in part', hi: 'व्यवसाय आईडी या एक्ज़ीक्यूशन, पूरा या हिस्सा' },
  since: { en: 'Started', hi: 'कब शुरू हुआ' },
  anyTime: { en: 'At any time', hi: 'कभी भी' },
  lastHour: { en: 'In the last hour', hi: 'पिछले एक घंटे में' },
  lastDay: { en: 'In the last 24 hours', hi: 'पिछले 24 घंटों में' },
  lastWeek: { en: 'In the last 7 days', hi: 'पिछले 7 दिनों में' },
  none: { en: 'No execution is like that.', hi: 'ऐसा कोई एक्ज़ीक्यूशन नहीं है।' },
  noneSoFar: {
    en: 'None of those loaded so far is like that; there are more.',
    hi: 'अब तक लोड हुओं में ऐसा कोई नहीं; और भी हैं।',
  },
  shown: (n: string, loaded: string) => ({
    en: `${n} of ${loaded} loaded`,
    hi: `लोड हुए ${loaded} में से ${n}`,
  }),
  more: { en: 'Load older ones', hi: 'पुराने लोड करें' },
  looked: (n: string, m: string) => ({
    en: `Looked at the histories of ${n} of ${m} running executions.`,
    hi: `चल रहे ${m} में से ${n} एक्ज़ीक्यूशन का इतिहास देखा गया।`,
  }),
  why: { en: 'Why', hi: 'क्यों' },
} as const satisfies Words;
