/** The doors of a system; the one that is tried stands in the address. */
import Alert from '@cloudscape-design/components/alert';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { openApiQuery } from '../../city/doors.ts';
import { doorsOf, type OpenApi } from '../../model/doors.ts';
import { Answered } from '../../parts/trouble.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { TryDoor } from './try-door.tsx';
import { WORDS } from './words.ts';

export const Doors = ({ system }: { readonly system: string }) => {
  const document = useQuery(openApiQuery(system));
  return <Answered of={document}>{(openApi) => <DoorTable {...{ system, openApi }} />}</Answered>;
};

const DoorTable = ({ system, openApi }: { readonly system: string; readonly openApi: OpenApi }) => {
  const { t, language } = useLanguage();
  const [address] = useSearchParams();
  const doors = useMemo(() => doorsOf(openApi), [openApi]);
  const id = address.get('door');
  const chosen = doors.find((door) => door.id === id);
  return (
    <SpaceBetween size="l">
      {id !== null && chosen === undefined ? (
        <Alert type="info" header={id}>
          {t(WORDS.noDoor)}
        </Alert>
      ) : null}
      {chosen === undefined ? null : <TryDoor key={chosen.id} {...{ system, door: chosen }} />}
      <Table
        variant="embedded"
        items={[...doors]}
        trackBy="id"
        empty={t(WORDS.nothing)}
        header={
          <Header
            variant="h2"
            counter={`(${numberIn(language, doors.length)})`}
            description={t(WORDS.doorsHelp)}
          >
            {t(WORDS.doors)}
          </Header>
        }
        columnDefinitions={[
          {
            id: 'door',
            header: t(WORDS.door),
            cell: (door) => (
              <Link href={`#/systems/${system}?tab=doors&door=${encodeURIComponent(door.id)}`}>
                {door.method} {door.path}
              </Link>
            ),
            isRowHeader: true,
          },
          { id: 'summary', header: t(WORDS.summary), cell: ({ summary }) => summary },
          {
            id: 'roles',
            header: t(WORDS.forWhom),
            cell: ({ roles }) => roles?.join(', ') ?? t(WORDS.anybody),
          },
        ]}
        wrapLines
      />
    </SpaceBetween>
  );
};
