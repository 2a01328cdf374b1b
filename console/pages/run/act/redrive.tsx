/** Whether AWS would redrive this execution, and what that would do: learners carry no false ideas away. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import { redriveObstacle, repeatedBy } from '../../../model/redrive.ts';
import { isSaga } from '../../../model/saga.ts';
import { useLanguage } from '../../../words/language.tsx';
import type { RunInView } from '../use-run.ts';
import { WORDS } from './words.ts';

export const Redrive = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { detail, history, last, states } = run;
  if (detail.status === 'RUNNING') return null;
  const obstacle = redriveObstacle(detail, history.total, Date.now());
  const repeated = repeatedBy(last);
  return (
    <Box variant="small">
      {t(WORDS.redrive)}:{' '}
      <Badge color={obstacle === undefined ? 'green' : 'grey'}>
        {t(obstacle === undefined ? WORDS.allowed : WORDS.notAllowed)}
      </Badge>{' '}
      {obstacle === undefined ? t(WORDS.wouldRepeat(repeated.join(', '))) : `${t(WORDS[obstacle])}.`}{' '}
      {obstacle === undefined && isSaga(states) ? t(WORDS.fenced) : null}
    </Box>
  );
};
