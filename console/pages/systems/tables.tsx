/** The tables of a system: whether each is there, and how much is in it, as DynamoDB counts. */
import Header from '@cloudscape-design/components/header';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { SystemState, SystemView, TableState } from '../../../functions/console/contract.ts';
import { numberIn, sizeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

interface TablesProps {
  readonly system: SystemView;
  readonly state: SystemState | undefined;
}

export const Tables = ({ system, state }: TablesProps) => {
  const { t, language } = useLanguage();
  const told = new Map(state?.tables?.map((table) => [table.name, table]));
  const items = system.tables?.map((name): TableState => told.get(name) ?? { name });
  return (
    <Table
      variant="embedded"
      items={items ?? []}
      trackBy="name"
      empty={t(items === undefined ? WORDS.absent : WORDS.nothing)}
      header={
        <Header
          variant="h2"
          {...(items === undefined ? {} : { counter: `(${numberIn(language, items.length)})` })}
          description={t(WORDS.tablesHelp)}
        >
          {t(WORDS.tables)}
        </Header>
      }
      columnDefinitions={[
        { id: 'name', header: t(WORDS.name), cell: ({ name }) => name, isRowHeader: true },
        {
          id: 'status',
          header: t(WORDS.tableState),
          cell: ({ status }) => (
            <StatusIndicator
              type={status === 'ACTIVE' ? 'success' : status === undefined ? 'not-started' : 'in-progress'}
            >
              {status === 'ACTIVE' ? t(WORDS.ACTIVE) : (status ?? t(WORDS.absent))}
            </StatusIndicator>
          ),
        },
        {
          id: 'items',
          header: t(WORDS.items),
          cell: ({ items: count }) => (count === undefined ? '–' : numberIn(language, count)),
        },
        {
          id: 'bytes',
          header: t(WORDS.size),
          cell: ({ bytes }) => (bytes === undefined ? '–' : sizeIn(language, bytes)),
        },
        {
          id: 'stream',
          header: t(WORDS.stream),
          cell: ({ stream }) => (stream === undefined ? '–' : t(stream ? WORDS.on : WORDS.off)),
        },
      ]}
    />
  );
};
