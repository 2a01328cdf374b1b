/** Every state machine of the city, with how many executions have which status. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { type MachineView, STATUSES } from '../../../functions/console/contract.ts';
import { machinesQuery } from '../../city/questions.ts';
import { Status } from '../../parts/status.tsx';
import { Answered } from '../../parts/trouble.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

export const Machines = () => {
  const { t, language } = useLanguage();
  const machines = useQuery(machinesQuery());
  const header = (
    <Header variant="h1" description={t(WORDS.help)}>
      {t(WORDS.title)}
    </Header>
  );
  return (
    <Answered of={machines}>
      {({ items }) => (
        <Table
          variant="container"
          header={header}
          items={[...items]}
          trackBy="name"
          empty={t(WORDS.none)}
          columnDefinitions={[
            {
              id: 'name',
              header: t(WORDS.machine),
              cell: ({ name }) => <Link href={`#/machines/${name}`}>{name}</Link>,
              isRowHeader: true,
            },
            {
              id: 'system',
              header: t(WORDS.system),
              cell: ({ system }) => <Link href={`#/systems/${system}`}>{system}</Link>,
            },
            ...statusesIn(items).map((status) => ({
              id: status,
              header: <Status status={status} />,
              cell: (machine: MachineView) => (
                <Link href={`#/machines/${machine.name}?status=${status}`}>
                  {countIn(machine, status, language)}
                </Link>
              ),
            })),
            {
              id: 'rate',
              header: t(WORDS.rate),
              cell: (machine) =>
                rateIn(machine) ?? <Box color="text-body-secondary">{t(WORDS.nothingEnded)}</Box>,
            },
          ]}
        />
      )}
    </Answered>
  );
};

/** The known ones, and what a city of tomorrow adds. */
const statusesIn = (machines: readonly MachineView[]): readonly string[] => [
  ...new Set([...STATUSES, ...machines.flatMap(({ runs }) => runs.map(({ status }) => status))]),
];

const countIn = ({ runs }: MachineView, status: string, language: 'en' | 'hi'): string => {
  const found = runs.find((run) => run.status === status);
  return found === undefined ? '–' : `${numberIn(language, found.count)}${found.more ? '+' : ''}`;
};

/** In percent; about, where a count stops before its end. */
const rateIn = ({ runs }: MachineView): string | undefined => {
  const ended = runs.filter(({ status }) => status !== 'RUNNING' && status !== 'PENDING_REDRIVE');
  const all = ended.reduce((sum, { count }) => sum + count, 0);
  const good = ended.find(({ status }) => status === 'SUCCEEDED')?.count ?? 0;
  if (all === 0) return undefined;
  const some = ended.some(({ more }) => more);
  return `${some ? '≈ ' : ''}${((good / all) * 100).toFixed(1)} %`;
};
