/** Why a run waits, in a sentence for a person: what is waited for, who has to act, until when. */
import type { Waiting } from './waiting.ts';

export type Language = 'en' | 'hi';

/** A time of the day in India, its zone named; the day too where it is another one than now. */
const timeIn = (language: Language, iso: string, now: Date): string => {
  const at = new Date(iso);
  const ofDay = new Intl.DateTimeFormat('en-CA', { timeZone: ZONE, dateStyle: 'short' });
  const isToday = ofDay.format(at) === ofDay.format(now);
  const text = new Intl.DateTimeFormat(`${language}-IN`, {
    timeZone: ZONE,
    ...(isToday ? {} : { day: 'numeric', month: 'short' }),
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' },
  }).format(at);
  return `${text} IST`;
};
const ZONE = 'Asia/Kolkata';

/** The sentence; `now` tells whether a time is today. */
export const whyIn = (language: Language, waiting: Waiting, now: Date): string =>
  SENTENCES[language](waiting, (iso) => timeIn(language, iso, now));

const SENTENCES: {
  readonly [language in Language]: (waiting: Waiting, time: (iso: string) => string) => string;
} = {
  en: (waiting, time) => {
    switch (waiting.kind) {
      case 'retry': {
        const { state, error, retry, of, from, by } = waiting;
        const when = from === by ? `at ${time(by)}` : `by ${time(by)} at the latest`;
        return `${state} failed with ${error}; Step Functions tries again ${when} (retry ${retry} of ${of}). Nobody has to act.`;
      }
      case 'worker': {
        const { state, who, since, until } = waiting;
        const limit = until === undefined ? '' : ` It has until ${time(until)}.`;
        return `${state} is worked on${who === undefined ? '' : ` by ${who}`} since ${time(since)}.${limit}`;
      }
      case 'token': {
        const { state, who, since, until } = waiting;
        const limit = until === undefined ? '' : ` The wait ends at ${time(until)}.`;
        const reader = who === undefined ? 'whoever has its task token' : `whoever reads the queue ${who}`;
        return `${state} waits for ${reader} to answer, since ${time(since)}.${limit}`;
      }
      case 'time':
        return waiting.until === undefined
          ? `${waiting.state} waits, until a time that the machine has computed. Nobody has to act.`
          : `${waiting.state} waits until ${time(waiting.until)}. Nobody has to act.`;
      case 'engine':
        return waiting.state === undefined
          ? 'Step Functions is about to enter the next state.'
          : `Step Functions is about to go on from ${waiting.state}.`;
      case 'unknown':
        return 'The events that say it are not loaded.';
    }
  },
  hi: (waiting, time) => {
    switch (waiting.kind) {
      case 'retry': {
        const { state, error, retry, of, from, by } = waiting;
        const when = from === by ? `${time(by)} पर` : `ज़्यादा से ज़्यादा ${time(by)} तक`;
        return `${state} में ${error} आया; Step Functions ${when} फिर कोशिश करेगा (${of} में से ${retry}वीं दोबारा कोशिश)। किसी को कुछ नहीं करना है।`;
      }
      case 'worker': {
        const { state, who, since, until } = waiting;
        const limit = until === undefined ? '' : ` इसके पास ${time(until)} तक का समय है।`;
        return `${state} पर ${time(since)} से ${who === undefined ? '' : `${who} में `}काम चल रहा है।${limit}`;
      }
      case 'token': {
        const { state, who, since, until } = waiting;
        const limit = until === undefined ? '' : ` इंतज़ार ${time(until)} पर ख़त्म होगा।`;
        const reader = who === undefined ? 'जिसके पास इसका टास्क टोकन है' : `जो ${who} कतार पढ़ता है`;
        return `${state} ${time(since)} से उसके जवाब का इंतज़ार कर रहा है ${reader}।${limit}`;
      }
      case 'time':
        return waiting.until === undefined
          ? `${waiting.state} उस समय तक रुका है जो मशीन ने निकाला है। किसी को कुछ नहीं करना है।`
          : `${waiting.state} ${time(waiting.until)} तक रुका है। किसी को कुछ नहीं करना है।`;
      case 'engine':
        return waiting.state === undefined
          ? 'Step Functions अब अगले स्टेट में जाएगा।'
          : `Step Functions अब ${waiting.state} से आगे बढ़ेगा।`;
      case 'unknown':
        return 'जिन घटनाओं से यह पता चलता, वे लोड नहीं हुई हैं।';
    }
  },
};
