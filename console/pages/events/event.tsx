/** One event: all that it says, and the ways on from it. */
import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import type { CityEvent } from '../../../functions/console/contract.ts';
import { eventQuery } from '../../city/events.ts';
import { systemsQuery } from '../../city/questions.ts';
import { machineOfAny, thingOf } from '../../model/machines.ts';
import { PayloadText } from '../../parts/payload.tsx';
import { Answered } from '../../parts/trouble.tsx';
import { numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { linkTo, storyLink, typeLink } from './filter.ts';
import { WORDS } from './words.ts';

/** @param known the event as a list has it, where it does; an address may name one that is not listed */
export const EventPanel = ({ id, known }: { readonly id: string; readonly known: CityEvent | undefined }) => {
  const found = useQuery({ ...eventQuery(id), enabled: known === undefined });
  if (known !== undefined) return <EventView event={known} />;
  return <Answered of={found}>{(event) => <EventView event={event} />}</Answered>;
};

const EventView = ({ event }: { readonly event: CityEvent }) => {
  const { t, language } = useLanguage();
  const { id, type, source, subject, time, keptAt, correlationId, causationId, traceId, sequence } = event;
  const row = (label: string, value: ReactNode) => [{ label, value }];
  const only = (filter: Parameters<typeof linkTo>[0]) => (
    <Link href={linkTo({ ...filter, event: id })}>{t(WORDS.onlyThese)}</Link>
  );
  return (
    <Container
      header={
        <Header variant="h2" description={<TypeOf event={event} />}>
          {type}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <KeyValuePairs
          columns={1}
          items={[
            ...row(
              t(WORDS.system),
              <>
                <Link href={`#/systems/${source}`}>{source}</Link> · {only({ system: source })}
              </>,
            ),
            ...row(
              t(WORDS.subject),
              <>
                <Link href={storyLink(subject)}>{subject}</Link> · {only({ subject })}
              </>,
            ),
            ...row(t(WORDS.run), <RunsOf subject={subject} />),
            ...row(t(WORDS.happened), timeIn(language, time)),
            ...row(t(WORDS.at), timeIn(language, keptAt)),
            ...(sequence === undefined ? [] : row(t(WORDS.sequence), numberIn(language, sequence))),
            ...(traceId === undefined
              ? []
              : row(t(WORDS.trace), <Link href={`#/traces/${traceId}`}>{traceId}</Link>)),
            ...row(t(WORDS.correlation), <Link href={storyLink(correlationId)}>{correlationId}</Link>),
            ...(causationId === undefined ? [] : row(t(WORDS.cause), <CauseOf cause={causationId} />)),
            ...row(t(WORDS.id), id),
          ]}
        />
        <div>
          <Box variant="h3">{t(WORDS.data)}</Box>
          <EventData event={event} />
        </div>
      </SpaceBetween>
    </Container>
  );
};

/** The data of an event, the whole where somebody asks for it. */
export const EventData = ({ event: { id, data } }: { readonly event: CityEvent }) => {
  const queries = useQueryClient();
  return (
    <PayloadText
      key={id}
      payload={data}
      whole={{
        key: ['city-event-data', id],
        load: async () => (await queries.fetchQuery(eventQuery(id))).data,
      }}
    />
  );
};

const TypeOf = ({ event: { type, dataschema } }: { readonly event: CityEvent }) => {
  const { t } = useLanguage();
  const version = /:(\d+)$/.exec(dataschema)?.[1];
  return (
    <>
      <Link href={typeLink(type)}>{t(WORDS.types)}</Link>
      {version === undefined ? null : ` · ${t(WORDS.version(version))}`} ·{' '}
      <Link href={linkTo({ type })}>{t(WORDS.seeLive)}</Link>
    </>
  );
};

/** The executions of what an event is about, where a machine runs such things. */
export const RunsOf = ({ subject }: { readonly subject: string }) => {
  const { t } = useLanguage();
  const systems = useQuery(systemsQuery()).data?.items ?? [];
  const machine = machineOfAny(systems, subject);
  return machine === undefined ? (
    '–'
  ) : (
    <Link href={`#/machines/${machine}?search=${encodeURIComponent(subject)}`}>
      {t(WORDS.runsOf(machine))}
    </Link>
  );
};

/** What led to an event: an execution, another event, or a command. */
export const CauseOf = ({ cause }: { readonly cause: string }) => {
  const systems = useQuery(systemsQuery()).data?.items ?? [];
  const machine = thingOf(cause) === cause ? undefined : machineOfAny(systems, cause);
  return machine === undefined ? cause : <Link href={`#/machines/${machine}/runs/${cause}`}>{cause}</Link>;
};
