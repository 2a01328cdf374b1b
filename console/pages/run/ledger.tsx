/** What the saga had done to the books at the cursor. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import { useQuery } from '@tanstack/react-query';
import { every, LIVE_MS } from '../../city/live.ts';
import { useSession } from '../../city/signed-in.tsx';
import { type SagaOfSystem, sagaOfMachine } from '../../city/systems.ts';
import { booksAfter } from '../../model/books.ts';
import { Answered } from '../../parts/trouble.tsx';
import { clockIn, rupeesIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const Ledger = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { session } = useSession();
  const system = sagaOfMachine(run.machine);
  const { saga } = run.detail;
  if (system === undefined || saga === undefined) return <Box padding="s">{t(WORDS.noLedger)}</Box>;
  if (session.role !== 'operator') return <Alert type="info">{t(WORDS.operatorsOnly)}</Alert>;
  return <Books {...{ run, system, saga }} />;
};

/** The time of a moment in the ledger: at the end of a run, whatever was written since. */
const FAR = '9999-12-31T00:00:00.000Z';

const Books = ({
  run,
  system,
  saga,
}: {
  readonly run: RunInView;
  readonly system: SagaOfSystem;
  readonly saga: string;
}) => {
  const { t, language } = useLanguage();
  const { cursor, detail } = run;
  const history = useQuery({
    queryKey: ['saga-history', system.system, saga],
    queryFn: ({ signal }) => system.history(saga, signal),
    refetchInterval: (query) => (detail.status === 'RUNNING' ? every(LIVE_MS)(query) : false),
  });
  const rupees = (amount: bigint) => rupeesIn(language, amount);
  return (
    <Answered of={history}>
      {(entries) => {
        const books = booksAfter(entries, cursor.isLast ? FAR : (cursor.event?.at ?? FAR));
        return (
          <SpaceBetween size="s">
            <StatusIndicator type={books.off === 0n ? 'success' : 'error'}>
              {books.off === 0n ? t(WORDS.balanced) : t(WORDS.off(rupees(books.off)))}
            </StatusIndicator>
            {books.held === 0n ? null : (
              <StatusIndicator type="pending">{t(WORDS.held(rupees(books.held)))}</StatusIndicator>
            )}
            <div className="books">
              <Table
                variant="embedded"
                items={[...books.accounts]}
                empty={t(WORDS.nothingPosted)}
                columnDefinitions={[
                  {
                    id: 'account',
                    header: t(WORDS.account),
                    cell: ({ account }) => <Account name={account} />,
                    isRowHeader: true,
                  },
                  { id: 'moved', header: t(WORDS.moved), cell: ({ moved }) => <Amount paise={moved} /> },
                ]}
              />
              <Table
                variant="embedded"
                items={[...books.transactions]}
                empty={t(WORDS.nothingPosted)}
                columnDefinitions={[
                  { id: 'at', header: t(WORDS.at), cell: ({ at }) => clockIn(language, at) },
                  {
                    id: 'transaction',
                    header: t(WORDS.transaction),
                    cell: ({ step, what, postings, off }) => (
                      <>
                        <strong>{step === undefined ? what : `${what}: ${step}`}</strong>
                        {off === 0n ? null : (
                          <StatusIndicator type="error">{t(WORDS.off(rupees(off)))}</StatusIndicator>
                        )}
                        {postings.map(({ account, amount }) => (
                          <div key={account} className="posting">
                            <Account name={account} /> <Amount paise={amount} />
                          </div>
                        ))}
                      </>
                    ),
                  },
                ]}
              />
            </div>
            <Box variant="small" color="text-body-secondary">
              {t(WORDS.whichClock)}
            </Box>
          </SpaceBetween>
        );
      }}
    </Answered>
  );
};

const Amount = ({ paise }: { readonly paise: bigint }) => {
  const { language } = useLanguage();
  return <span className="amount">{`${paise > 0n ? '+' : ''}${rupeesIn(language, paise)}`}</span>;
};

const Account = ({ name }: { readonly name: string }) => (
  <span className="account" title={name}>
    {name}
  </span>
);
