/** The run on one page: what happened, which money is at risk, and what its transitions would cost on AWS. */
import Box from '@cloudscape-design/components/box';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { Verdict } from '../../model/saga.ts';
import { transitionsIn } from '../../model/transitions.ts';
import { useStatusWord } from '../../parts/status.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { Ledger } from './ledger.tsx';
import { useJudgedSteps } from './use-judged-steps.ts';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

/** As AWS quoted it for ap-south-1 on 17 September 2026, for a thousand, in US dollars. */
const TRANSITIONS_USD = 0.0285;

const ORDER: readonly Verdict[] = [
  ...(['done', 'undone', 'failed', 'stuck', 'skipped', 'undoing', 'retrying', 'open'] as const),
  ...(['unknown', 'untouched'] as const),
];

export const Report = ({ run }: { readonly run: RunInView }) => {
  const { t, language } = useLanguage();
  const word = useStatusWord();
  const { last, history, cursor } = run;
  const { steps, visits } = useJudgedSteps(run, last);
  const before = visits.length - last.visits.length;
  const transitions = transitionsIn(last);
  const moveTo = (visit: number | undefined) => {
    const event = visit === undefined ? undefined : visits[visit]?.events.at(-1);
    const place = history.events.findIndex(({ id }) => id === event);
    return visit === undefined || visit < before || place < 0 ? undefined : () => cursor.move(place);
  };
  const n = (value: number) => numberIn(language, value);
  return (
    <SpaceBetween size="m">
      <section>
        <Box variant="h3">{t(WORDS.whatHappened)}</Box>
        <ul>
          {ORDER.flatMap((verdict) => {
            const those = steps.filter((step) => step.verdict === verdict);
            if (those.length === 0) return [];
            return [
              <li key={verdict}>
                {n(those.length)} {word(verdict)}:{' '}
                {those.map(({ state, done, undone }, index) => (
                  <span key={state}>
                    {index > 0 ? ', ' : ''}
                    <ToEvent move={moveTo(undone ?? done)}>{state}</ToEvent>
                  </span>
                ))}
              </li>,
            ];
          })}
        </ul>
      </section>
      <section>
        <Box variant="h3">{t(WORDS.moneyAtRisk)}</Box>
        <Ledger run={run} />
      </section>
      <section>
        <Box variant="h3">{t(WORDS.cost)}</Box>
        <p>
          <ToEvent move={() => cursor.move(history.events.length - 1)}>
            {t(WORDS.transitions(n(transitions)))}
          </ToEvent>{' '}
          {t(
            WORDS.perMillion(
              ((transitions * TRANSITIONS_USD) / 1_000).toFixed(6),
              n(Math.round(transitions * TRANSITIONS_USD * 1_000)),
            ),
          )}
        </p>
      </section>
    </SpaceBetween>
  );
};

/** A figure or a name that leads to the event it comes from, where that is on this page. */
const ToEvent = ({
  move,
  children,
}: {
  readonly move: (() => void) | undefined;
  readonly children: string;
}) =>
  move === undefined ? (
    <span>{children}</span>
  ) : (
    <button type="button" className="state-button" onClick={move}>
      {children}
    </button>
  );
