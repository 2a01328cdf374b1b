/** What functions logged and traced for this run; of the state that is looked at alone, where one is. */
import Box from '@cloudscape-design/components/box';
import { useQuery } from '@tanstack/react-query';
import type { TraceRow } from '../../../functions/platform/contract.ts';
import { traceQuery } from '../../city/traces.ts';
import { Answered } from '../../parts/trouble.tsx';
import { Waterfall } from '../../parts/waterfall.tsx';
import { useLanguage } from '../../words/language.tsx';
import { traceOf } from './trace-of.ts';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const Logs = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const trace = traceOf(run.detail);
  return trace === undefined ? (
    <Box padding="s">{t(WORDS.noTrace)}</Box>
  ) : (
    <LogsOf trace={trace} state={run.chosen} />
  );
};

const LogsOf = ({ trace, state }: { readonly trace: string; readonly state: string | undefined }) => {
  const { t } = useLanguage();
  const found = useQuery(traceQuery(trace));
  return (
    <Answered of={found}>
      {({ spans }) => (
        <>
          <Box variant="small">{state === undefined ? t(WORDS.ofWholeTrace) : t(WORDS.ofState(state))}</Box>
          <Waterfall rows={state === undefined ? spans : below(spans, state)} />
        </>
      )}
    </Answered>
  );
};

/** The spans of a name and all that they caused: rows come with parents before children. */
const below = (rows: readonly TraceRow[], name: string): readonly TraceRow[] => {
  let inside: number | undefined;
  return rows.filter((row) => {
    if (inside !== undefined && row.depth <= inside) inside = undefined;
    if (inside === undefined && row.name === name) inside = row.depth;
    return inside !== undefined;
  });
};
