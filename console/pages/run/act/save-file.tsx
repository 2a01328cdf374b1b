/** Saves the run as one file that opens without a city and without a network. */
import Button from '@cloudscape-design/components/button';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { hearersQuery } from '../../../city/questions.ts';
import { fileOf, knownOf } from '../../../city/saved-run.ts';
import { useSession } from '../../../city/signed-in.tsx';
import { sagaOfMachine } from '../../../city/systems.ts';
import { traceQuery } from '../../../city/traces.ts';
import { download } from '../../../parts/download.ts';
import { Trouble } from '../../../parts/trouble.tsx';
import { useLanguage } from '../../../words/language.tsx';
import { traceOf } from '../trace-of.ts';
import type { RunInView } from '../use-run.ts';
import { WORDS } from './words.ts';

export const SaveFile = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { session, offline } = useSession();
  const queries = useQueryClient();
  const { machine, detail } = run;
  const { name, saga } = detail;
  const save = useMutation({
    mutationFn: async () => {
      const trace = traceOf(detail);
      const system = sagaOfMachine(machine);
      // What no tab has asked for yet belongs into the file all the same.
      if (trace !== undefined) {
        await queries.ensureQueryData(traceQuery(trace));
        await queries.ensureQueryData(hearersQuery());
      }
      if (system !== undefined && saga !== undefined && session.role === 'operator') {
        await queries.ensureQueryData({
          queryKey: ['saga-history', system.system, saga],
          queryFn: ({ signal }) => system.history(saga, signal),
        });
      }
      const [script, style] = await Promise.all([textOf('./file/viewer.js'), textOf('./file/viewer.css')]);
      const file = fileOf(knownOf(queries, { machine, run: name, saga, trace }), { script, style });
      download(`${name}.html`, file, 'text/html');
    },
  });
  if (offline) return null;
  return (
    <>
      <Button
        iconName="download"
        disabled={!run.history.whole}
        loading={save.isPending}
        onClick={() => save.mutate()}
      >
        {t(WORDS.saveFile)}
      </Button>
      {save.error === null ? null : <Trouble error={save.error} asked="act" />}
    </>
  );
};

const textOf = async (path: string): Promise<string> => {
  const response = await fetch(path);
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response.text();
};
