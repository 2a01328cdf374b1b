/** What an execution is, how it ended, and why it is not further. */
import Alert from '@cloudscape-design/components/alert';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { waitingIn } from '../../model/waiting.ts';
import { whyIn } from '../../model/why.ts';
import { Status } from '../../parts/status.tsx';
import { useNow } from '../../parts/use-now.ts';
import { lengthIn, numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { Redrive } from './act/redrive.tsx';
import { Resume } from './act/resume.tsx';
import { SaveCase } from './act/save-case.tsx';
import { SaveFile } from './act/save-file.tsx';
import { traceOf } from './trace-of.ts';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const Summary = ({ run }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const { machine, detail, history, last, states } = run;
  const now = useNow(1_000);
  const { name, saga, number, status, startedAt, endedAt, error } = detail;
  const trace = traceOf(detail);
  // A saga that was refused or compensated has succeeded, for Step Functions; which end it came to says its last state.
  const ending = last.visits.findLast(({ kind }) => kind === 'Succeed' || kind === 'Fail')?.state;
  const waiting = status === 'RUNNING' ? waitingIn(last, states) : [];
  return (
    <Container
      header={
        <Header
          variant="h1"
          actions={
            <SpaceBetween direction="horizontal" size="xs">
              <SaveCase run={run} />
              <SaveFile run={run} />
            </SpaceBetween>
          }
          description={
            history.whole
              ? undefined
              : t(WORDS.loaded(numberIn(language, history.events.length), numberIn(language, history.total)))
          }
        >
          {name}
        </Header>
      }
    >
      <KeyValuePairs
        columns={4}
        items={[
          {
            label: t(WORDS.status),
            value: (
              <>
                <Status status={status} />
                {ending === undefined ? null : ` · ${t(WORDS.endedIn(ending))}`}
              </>
            ),
          },
          { label: t(WORDS.started), value: timeIn(language, startedAt) },
          {
            label: t(WORDS.lasted),
            value: lengthIn(
              language,
              (endedAt === undefined ? now : Date.parse(endedAt)) - Date.parse(startedAt),
            ),
          },
          {
            label: t(WORDS.saga),
            value:
              saga === undefined ? (
                '–'
              ) : (
                <Link href={`#/machines/${machine}?search=${saga}`}>
                  {`${saga} · ${t(WORDS.number)}: ${numberIn(language, number ?? 1)}`}
                </Link>
              ),
          },
          ...(trace === undefined
            ? []
            : [{ label: t(WORDS.trace), value: <Link href={`#/traces/${trace}`}>{trace}</Link> }]),
          ...(error === undefined
            ? []
            : [{ label: t(WORDS.cause), value: `${error}: ${detail.cause?.text ?? ''}` }]),
        ]}
      />
      {waiting.map((one) => (
        <Alert
          key={JSON.stringify(one)}
          type={one.kind === 'retry' ? 'warning' : 'info'}
          header={t(WORDS.why)}
        >
          {whyIn(language, one, new Date(now))}
        </Alert>
      ))}
      <Resume run={run} />
      <Redrive run={run} />
    </Container>
  );
};
