/** What became of each letter, or would; and of those that were sent, what came of it. */
import Box from '@cloudscape-design/components/box';
import Header from '@cloudscape-design/components/header';
import StatusIndicator, { type StatusIndicatorProps } from '@cloudscape-design/components/status-indicator';
import Table from '@cloudscape-design/components/table';
import type { LetterOutcome, LetterVerdict } from '../../../functions/console/contract.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

const OUTCOME_LOOKS: { readonly [outcome in LetterOutcome['outcome']]: StatusIndicatorProps.Type } = {
  ...{ 'sent back': 'success', discarded: 'success', 'no way back': 'stopped', 'already processed': 'info' },
  ...{ 'edit does not fit': 'warning', 'not reached': 'pending', gone: 'warning', failed: 'error' },
};
const VERDICT_LOOKS: { readonly [verdict in LetterVerdict['verdict']]: StatusIndicatorProps.Type } = {
  ...{ processed: 'success', 'worked off': 'success', back: 'error', 'under way': 'in-progress' },
};

interface OutcomesProps {
  readonly outcomes: readonly LetterOutcome[];
  readonly wasDry: boolean;
  readonly verdicts: readonly LetterVerdict[] | undefined;
}

export const Outcomes = ({ outcomes, wasDry, verdicts }: OutcomesProps) => {
  const { t } = useLanguage();
  return (
    <Table
      variant="container"
      header={<Header variant="h2">{t(wasDry ? WORDS.wouldResults : WORDS.results)}</Header>}
      items={[...outcomes]}
      columnDefinitions={[
        { id: 'trail', header: t(WORDS.trail), cell: ({ trail }) => trail, isRowHeader: true },
        {
          id: 'outcome',
          header: t(WORDS.outcome),
          cell: ({ outcome, reason }) => {
            const word = t(WORDS.outcomes[outcome]);
            return (
              <StatusIndicator type={wasDry ? 'info' : OUTCOME_LOOKS[outcome]}>
                {`${wasDry ? t(WORDS.wouldBe(word)) : word}${reason === undefined ? '' : `: ${reason}`}`}
              </StatusIndicator>
            );
          },
        },
        {
          id: 'worked',
          header: t(WORDS.worked),
          cell: ({ worked }) => (worked === undefined ? '–' : t(WORDS.workeds[worked])),
        },
        {
          id: 'verdict',
          header: t(WORDS.verdict),
          cell: ({ trail }) => <Verdict verdict={verdicts?.find((one) => one.trail === trail)} />,
        },
      ]}
    />
  );
};

const Verdict = ({ verdict: found }: { readonly verdict: LetterVerdict | undefined }) => {
  const { t } = useLanguage();
  if (found === undefined) return <Box>–</Box>;
  const { verdict, letter } = found;
  return (
    <StatusIndicator type={VERDICT_LOOKS[verdict]}>
      {`${t(WORDS.verdicts[verdict])}${letter === undefined ? '' : ` (${letter.error})`}`}
    </StatusIndicator>
  );
};
