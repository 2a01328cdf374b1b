/** Every system of the city, and how much of what it has. */
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import type { SystemView } from '../../../functions/console/contract.ts';
import { systemsQuery } from '../../city/questions.ts';
import { Answered } from '../../parts/trouble.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

export const Systems = () => {
  const { t, language } = useLanguage();
  const systems = useQuery(systemsQuery());
  const counted = (
    name: 'functions' | 'queues' | 'tables' | 'machines' | 'alarms',
  ): { id: string; header: string; cell: (system: SystemView) => string } => ({
    id: name,
    header: t(WORDS[name]),
    cell: (system) => {
      const of = system[name];
      return of === undefined ? '–' : numberIn(language, of.length);
    },
  });
  return (
    <Answered of={systems} title={t(WORDS.systems)}>
      {({ items }) => (
        <Table
          variant="container"
          items={[...items]}
          trackBy="name"
          empty={t(WORDS.none)}
          header={
            <Header
              variant="h1"
              counter={`(${numberIn(language, items.length)})`}
              description={t(WORDS.help)}
            >
              {t(WORDS.systems)}
            </Header>
          }
          columnDefinitions={[
            {
              id: 'name',
              header: t(WORDS.system),
              cell: ({ name }) => <Link href={`#/systems/${name}`}>{name}</Link>,
              isRowHeader: true,
            },
            counted('functions'),
            counted('queues'),
            counted('tables'),
            counted('machines'),
            counted('alarms'),
            {
              id: 'tells',
              header: t(WORDS.tells),
              cell: ({ events }) => numberIn(language, events.out.length),
            },
            {
              id: 'hears',
              header: t(WORDS.hears),
              cell: ({ events }) =>
                events.in.includes('*') ? t(WORDS.everything) : numberIn(language, events.in.length),
            },
            {
              id: 'doors',
              header: t(WORDS.doors),
              cell: ({ name }) => <Link href={`#/systems/${name}?tab=doors`}>{t(WORDS.tryIt)}</Link>,
            },
          ]}
        />
      )}
    </Answered>
  );
};
