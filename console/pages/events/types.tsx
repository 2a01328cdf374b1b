/** The types of events of the city: who tells them, who hears them, and what each version of them holds. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { Fragment, type ReactNode } from 'react';
import { useParams } from 'react-router';
import type { SystemView } from '../../../functions/console/contract.ts';
import { systemsQuery } from '../../city/questions.ts';
import { schemasQuery } from '../../city/schemas.ts';
import { catalogueOf, type EventKind, fieldsOf, hearingAll } from '../../model/catalogue.ts';
import { Code } from '../../parts/payload.tsx';
import { Answered } from '../../parts/trouble.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { linkTo, typeLink } from './filter.ts';
import { WORDS } from './words.ts';

export const EventTypes = () => {
  const { t, language } = useLanguage();
  return (
    <Catalogue>
      {(kinds, systems) => (
        <Table
          variant="container"
          items={[...kinds]}
          trackBy="type"
          empty={t(WORDS.nobody)}
          header={
            <Header
              variant="h1"
              counter={`(${numberIn(language, kinds.length)})`}
              description={
                <>
                  {t(WORDS.typesHelp)}
                  <AllHearers systems={systems} />
                </>
              }
              actions={<Button href="#/events">{t(WORDS.events)}</Button>}
            >
              {t(WORDS.types)}
            </Header>
          }
          columnDefinitions={[
            {
              id: 'type',
              header: t(WORDS.type),
              cell: ({ type }) => <Link href={typeLink(type)}>{type}</Link>,
              isRowHeader: true,
            },
            {
              id: 'producers',
              header: t(WORDS.producers),
              cell: ({ producers }) => <SystemLinks names={producers} />,
            },
            {
              id: 'consumers',
              header: t(WORDS.consumers),
              cell: ({ consumers }) => <SystemLinks names={consumers} />,
            },
            {
              id: 'versions',
              header: t(WORDS.versions),
              cell: ({ versions }) => versions.map(({ version }) => version).join(', ') || '–',
            },
          ]}
        />
      )}
    </Catalogue>
  );
};

export const EventType = () => {
  const { t } = useLanguage();
  const { type = '' } = useParams();
  return (
    <Catalogue>
      {(kinds, systems) => {
        const kind = kinds.find((one) => one.type === type);
        return kind === undefined ? (
          <SpaceBetween size="s">
            <Header variant="h1">{type}</Header>
            <Alert type="info" action={<Button href="#/events/types">{t(WORDS.types)}</Button>}>
              {t(WORDS.noSuchType)}
            </Alert>
          </SpaceBetween>
        ) : (
          <Kind {...{ kind, systems }} />
        );
      }}
    </Catalogue>
  );
};

const Catalogue = ({
  children,
}: {
  readonly children: (kinds: readonly EventKind[], systems: readonly SystemView[]) => ReactNode;
}) => {
  const { t } = useLanguage();
  const systems = useQuery(systemsQuery());
  const schemas = useQuery(schemasQuery());
  return (
    <Answered of={systems} title={t(WORDS.types)}>
      {({ items }) => (
        <Answered of={schemas} title={t(WORDS.types)}>
          {(files) => children(catalogueOf(items, files), items)}
        </Answered>
      )}
    </Answered>
  );
};

const Kind = ({ kind, systems }: { readonly kind: EventKind; readonly systems: readonly SystemView[] }) => {
  const { t } = useLanguage();
  const { type, producers, consumers, versions } = kind;
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h1"
            description={<AllHearers systems={systems} />}
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                <Button href="#/events/types">{t(WORDS.types)}</Button>
                <Button href={linkTo({ type })}>{t(WORDS.seeLive)}</Button>
              </SpaceBetween>
            }
          >
            {type}
          </Header>
        }
      >
        <KeyValuePairs
          columns={2}
          items={[
            { label: t(WORDS.producers), value: <SystemLinks names={producers} /> },
            { label: t(WORDS.consumers), value: <SystemLinks names={consumers} /> },
          ]}
        />
      </Container>
      {versions.length === 0 ? <Alert type="info">{t(WORDS.noSchema)}</Alert> : null}
      {versions.map((version) => (
        <Version key={version.version} {...version} />
      ))}
    </SpaceBetween>
  );
};

const Version = ({ version, schema }: EventKind['versions'][number]) => {
  const { t, language } = useLanguage();
  return (
    <Table
      variant="container"
      items={[...fieldsOf(schema.properties?.data)]}
      trackBy="path"
      header={<Header variant="h2">{t(WORDS.version(numberIn(language, version)))}</Header>}
      footer={
        <ExpandableSection headerText={t(WORDS.schema)} headingTagOverride="h3">
          <Code text={JSON.stringify(schema, null, 2)} />
        </ExpandableSection>
      }
      columnDefinitions={[
        {
          id: 'field',
          header: t(WORDS.field),
          cell: ({ path }) => <code>{path}</code>,
          isRowHeader: true,
        },
        { id: 'says', header: t(WORDS.says), cell: ({ says }) => says },
        {
          id: 'required',
          header: t(WORDS.required),
          cell: ({ required }) => t(required ? WORDS.yes : WORDS.no),
        },
        { id: 'description', header: t(WORDS.description), cell: ({ description = '' }) => description },
      ]}
    />
  );
};

const AllHearers = ({ systems }: { readonly systems: readonly SystemView[] }) => {
  const { t } = useLanguage();
  const all = hearingAll(systems);
  return all.length === 0 ? null : <div>{t(WORDS.hearAll(all.join(', ')))}</div>;
};

const SystemLinks = ({ names }: { readonly names: readonly string[] }) => {
  const { t } = useLanguage();
  if (names.length === 0) return <Box color="text-body-secondary">{t(WORDS.nobody)}</Box>;
  return names.map((name, index) => (
    <Fragment key={name}>
      {index === 0 ? '' : ', '}
      <Link href={`#/systems/${name}`}>{name}</Link>
    </Fragment>
  ));
};
