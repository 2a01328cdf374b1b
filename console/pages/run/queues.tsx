/** Where each message of the run was at the cursor, queue by queue: read off the spans of its trace. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { TraceView } from '../../../functions/platform/contract.ts';
import { hearersQuery } from '../../city/questions.ts';
import { useSession } from '../../city/signed-in.tsx';
import { traceQuery } from '../../city/traces.ts';
import { courseOf, type Hearer, type QueueAt, queuesAt, type Whereabouts } from '../../model/queues.ts';
import { Answered } from '../../parts/trouble.tsx';
import { clockIn, numberIn } from '../../words/format.ts';
import { type Text, useLanguage, type Words } from '../../words/language.tsx';
import { traceOf } from './trace-of.ts';
import type { RunInView } from './use-run.ts';
import { WORDS as COMMON } from './words.ts';

const WORDS = {
  message: { en: 'Message', hi: 'संदेश' },
  where: { en: 'Where it was', hi: 'कहाँ था' },
  since: { en: 'Since', hi: 'कब से' },
  /** How many of a queue’s messages are where. */
  short: {
    told: { en: 'in the outbox', hi: 'आउटबॉक्स में' },
    sent: { en: 'on their way', hi: 'रास्ते में' },
    taken: { en: 'being worked on', hi: 'काम जारी' },
    done: { en: 'done', hi: 'पूरे' },
    again: { en: 'to be tried again', hi: 'फिर कोशिश होगी' },
    parked: { en: 'parked', hi: 'पार्क किए गए' },
    dead: { en: 'in the dead-letter queue', hi: 'डेड-लेटर कतार में' },
  },
  nothing: {
    en: 'No message of this run was known at this moment.',
    hi: 'इस पल इस रन का कोई संदेश ज्ञात नहीं था।',
  },
  unknownQueue: { en: 'Queue not known', hi: 'कतार ज्ञात नहीं' },
  noEvent: { en: 'no event', hi: 'इवेंट नहीं' },
  untaken: {
    en: 'No consumer has left a span of taking it.',
    hi: 'किसी उपभोक्ता ने इसे लेने का स्पैन नहीं छोड़ा।',
  },
  unseen: (n: string) => ({
    en: `${n} earlier attempts left no span: the worker died, or did not begin.`,
    hi: `पहले की ${n} कोशिशों ने स्पैन नहीं छोड़ा: वर्कर मर गया या शुरू नहीं हुआ।`,
  }),
  cut: (n: string, m: string) => ({
    en: `Only ${n} of ${m} spans of the trace are read here; messages may be missing.`,
    hi: `यहाँ ट्रेस के ${m} में से ${n} स्पैन ही पढ़े गए; कुछ संदेश छूटे हो सकते हैं।`,
  }),
  more: {
    en: 'The trace is longer than one look reads; messages may be missing.',
    hi: 'ट्रेस एक बार में पढ़े जाने से लंबा है; कुछ संदेश छूटे हो सकते हैं।',
  },
  notKnown: {
    en: 'No queue keeps what lay in it: this is read off the spans of whoever sent and took, by their clocks. A span is written when it ends, so who has a message right now is seen afterwards; an event that never left the outbox, or a trace older than three days, is not seen.',
    hi: 'कोई कतार यह नहीं रखती कि उसमें क्या था: यह भेजने और लेने वालों के स्पैन से, उनकी घड़ियों से पढ़ा गया है। स्पैन ख़त्म होने पर लिखा जाता है, इसलिए अभी संदेश किसके पास है यह बाद में दिखता है; जो इवेंट आउटबॉक्स से निकला ही नहीं, या तीन दिन से पुराना ट्रेस, नहीं दिखता।',
  },
} as const satisfies Words;

/** Where one message was, and with which attempt. */
const WHERE: { readonly [where in Whereabouts]: (attempt: string) => Text } = {
  told: () => ({ en: 'in the outbox, not sent yet', hi: 'आउटबॉक्स में, अभी भेजा नहीं गया' }),
  sent: () => ({ en: 'on its way', hi: 'रास्ते में' }),
  taken: (n: string) => ({ en: `being worked on, attempt ${n}`, hi: `काम जारी, कोशिश ${n}` }),
  done: (n: string) => ({ en: `done at attempt ${n}`, hi: `कोशिश ${n} में पूरा` }),
  again: (n: string) => ({
    en: `attempt ${n} failed; it is tried again`,
    hi: `कोशिश ${n} विफल; फिर कोशिश होगी`,
  }),
  parked: (n: string) => ({
    en: `attempt ${n} failed, and no other could help: parked among the dead letters`,
    hi: `कोशिश ${n} विफल, और दूसरी से भी नहीं होता: डेड लेटर में पार्क किया गया`,
  }),
  dead: (n: string) => ({
    en: `attempt ${n} failed, the last one: in the dead-letter queue`,
    hi: `कोशिश ${n} विफल, यही आख़िरी थी: डेड-लेटर कतार में`,
  }),
};

/** What goes on by itself is no error. */
const LOOKS: { readonly [where in Whereabouts]: StatusIndicatorProps.Type } = {
  ...{ told: 'not-started', sent: 'pending', taken: 'in-progress', done: 'success' },
  ...{ again: 'warning', parked: 'stopped', dead: 'error' },
};

export const Queues = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const trace = traceOf(run.detail);
  return trace === undefined ? <Box padding="s">{t(COMMON.noTrace)}</Box> : <QueuesOf {...{ run, trace }} />;
};

const QueuesOf = ({ run, trace }: { readonly run: RunInView; readonly trace: string }) => {
  const found = useQuery(traceQuery(trace));
  const hearers = useQuery(hearersQuery());
  const { cursor } = run;
  // At the end of a run: whatever became of its messages since.
  const until = cursor.isLast || cursor.event === undefined ? undefined : Date.parse(cursor.event.at);
  return (
    <Answered of={found}>
      {(view) => (
        <Answered of={hearers}>{(known) => <QueuesAt {...{ view, hearers: known, until }} />}</Answered>
      )}
    </Answered>
  );
};

interface QueuesAtProps {
  readonly view: TraceView;
  readonly hearers: readonly Hearer[];
  /** Milliseconds since 1970. */
  readonly until: number | undefined;
}

const QueuesAt = ({ view, hearers, until }: QueuesAtProps) => {
  const { t, language } = useLanguage();
  const course = useMemo(() => courseOf(view, hearers), [view, hearers]);
  const queues = useMemo(() => queuesAt(course, until ?? Number.POSITIVE_INFINITY), [course, until]);
  const [read, all] = [view.spans.length, view.total];
  return (
    <SpaceBetween size="s">
      {queues.length === 0 ? (
        <Box>{t(WORDS.nothing)}</Box>
      ) : (
        <table className="lens queues" aria-label={t(COMMON.queues)}>
          <thead>
            <tr>
              <th scope="col">{t(WORDS.message)}</th>
              <th scope="col">{t(WORDS.where)}</th>
              <th scope="col">{t(WORDS.since)}</th>
            </tr>
          </thead>
          {queues.map((queue) => (
            <QueueRows key={queue.queue ?? ''} of={queue} />
          ))}
        </table>
      )}
      {read < all ? <Box>{t(WORDS.cut(numberIn(language, read), numberIn(language, all)))}</Box> : null}
      {view.more ? <Box>{t(WORDS.more)}</Box> : null}
      <Box variant="small" color="text-body-secondary">
        {t(WORDS.notKnown)}
      </Box>
    </SpaceBetween>
  );
};

const QueueRows = ({ of: { queue, messages } }: { readonly of: QueueAt }) => {
  const { t, language } = useLanguage();
  const counts = [...Map.groupBy(messages, ({ standing }) => standing.what)].map(
    ([what, those]) => `${t(WORDS.short[what])}: ${numberIn(language, those.length)}`,
  );
  return (
    <tbody>
      <tr>
        <th scope="rowgroup" colSpan={3}>
          {queue ?? t(WORDS.unknownQueue)}{' '}
          <Box variant="small" color="text-body-secondary" display="inline">
            {counts.join(' · ')}
          </Box>
        </th>
      </tr>
      {messages.map((message) => (
        <MessageRow key={message.id} {...{ message }} />
      ))}
    </tbody>
  );
};

const MessageRow = ({ message }: { readonly message: QueueAt['messages'][number] }) => {
  const { t, language } = useLanguage();
  const { offline } = useSession();
  const { event, type, untaken, standing } = message;
  const { what, at, attempt = 1, error, unseen } = standing;
  const name = type ?? t(WORDS.noEvent);
  const n = (value: number) => numberIn(language, value);
  return (
    <tr>
      <td>
        {event === undefined || offline ? name : <a href={`#/events?event=${event}`}>{name}</a>}
        <div className="quiet">{event ?? message.id.split(' ').at(-1)}</div>
      </td>
      <td>
        <StatusIndicator type={LOOKS[what]}>{t(WHERE[what](n(attempt)))}</StatusIndicator>
        {error === undefined ? null : <div className="error-name">{error}</div>}
        {untaken && what === 'sent' ? <div>{t(WORDS.untaken)}</div> : null}
        {unseen > 0 ? <div>{t(WORDS.unseen(n(unseen)))}</div> : null}
      </td>
      <td>{clockIn(language, new Date(at).toISOString())}</td>
    </tr>
  );
};
