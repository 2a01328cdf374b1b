/** The saga lens: each step and what undoes it side by side, with what became of them at this moment. */
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import { Fragment } from 'react';
import type { Visit } from '../../model/run.ts';
import { Status } from '../../parts/status.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { useJudgedSteps } from './use-judged-steps.ts';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const Lens = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { steps, visits } = useJudgedSteps(run, run.now);
  if (!steps.some(({ undo }) => undo !== undefined)) return <Box padding="m">{t(WORDS.noSaga)}</Box>;
  return (
    <table className="lens" aria-label={t(WORDS.steps)}>
      <thead>
        <tr>
          <th scope="col">{t(WORDS.doing)}</th>
          <th scope="col">{t(WORDS.verdict)}</th>
          <th scope="col">{t(WORDS.undoing)}</th>
        </tr>
      </thead>
      <tbody>
        {steps.map(({ state, undo, pivot, bestEffort, verdict, done, undone }) => (
          <Fragment key={state}>
            <tr className={`verdict-${verdict}`}>
              <td>
                <StateButton {...{ run, state }} />
                <Attempts visit={done === undefined ? undefined : visits[done]} />
                {bestEffort ? <Box variant="small">{` · ${t(WORDS.bestEffort)}`}</Box> : null}
              </td>
              <td>
                <Status status={verdict} />
              </td>
              <td>
                {undo === undefined ? (
                  <Box color="text-body-secondary" variant="small">
                    {t(WORDS.nothingToUndo)}
                  </Box>
                ) : (
                  <>
                    <span aria-hidden>⟲ </span>
                    <StateButton {...{ run, state: undo }} />
                    <Attempts visit={undone === undefined ? undefined : visits[undone]} />
                  </>
                )}
              </td>
            </tr>
            {pivot ? (
              <tr className="lens-pivot">
                <td colSpan={3}>{t(WORDS.pivot)}</td>
              </tr>
            ) : null}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
};

/** A state’s name, chosen by a click or the keyboard. */
export const StateButton = ({ run, state }: { readonly run: RunInView; readonly state: string }) => (
  <button
    type="button"
    className="state-button"
    aria-pressed={run.chosen === state}
    onClick={() => run.choose(run.chosen === state ? undefined : state)}
  >
    {state}
  </button>
);

const Attempts = ({ visit }: { readonly visit: Visit | undefined }) => {
  const { t, language } = useLanguage();
  const count = visit?.attempts.length ?? 0;
  return count > 1 ? (
    <>
      {' '}
      <Badge color="grey">{`${numberIn(language, count)} × ${t(WORDS.attempts)}`}</Badge>
    </>
  ) : null;
};
