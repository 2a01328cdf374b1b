/** This run beside another one, by default the last good one: the first difference marked, its payloads compared. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useMemo, useState } from 'react';
import type { RunEvent } from '../../../functions/console/contract.ts';
import { type Run, runAfter, type Visit } from '../../model/run.ts';
import { type Pair, sideBySide } from '../../model/side-by-side.ts';
import { Status } from '../../parts/status.tsx';
import { Answered } from '../../parts/trouble.tsx';
import { lengthIn, numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { Changes } from './changes.tsx';
import { type LastGood, useLastGood } from './use-last-good.ts';
import { type RunInView, useAddress } from './use-run.ts';
import { WORDS } from './words.ts';

export const Compare = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { address, put } = useAddress();
  const [name, setName] = useState(address.get('with') ?? '');
  const other = useLastGood(run, address.get('with') ?? undefined);
  return (
    <SpaceBetween size="s">
      <FormField label={t(WORDS.compareWith)} description={t(WORDS.compareHelp)}>
        <SpaceBetween direction="horizontal" size="xs">
          <div className="wide-input">
            <Input value={name} onChange={({ detail }) => setName(detail.value)} />
          </div>
          <Button onClick={() => put({ with: name.trim() === '' ? undefined : name.trim() })}>
            {t(WORDS.compare)}
          </Button>
        </SpaceBetween>
      </FormField>
      <Answered of={other}>
        {(found) => (found === null ? <Box>{t(WORDS.noGoodOne)}</Box> : <Beside run={run} other={found} />)}
      </Answered>
    </SpaceBetween>
  );
};

const Beside = ({ run, other }: { readonly run: RunInView; readonly other: LastGood }) => {
  const { t } = useLanguage();
  const { now, history, machine } = run;
  const twin = useMemo(() => runAfter(other.history.events), [other]);
  const { pairs, difference } = useMemo(() => sideBySide(now, twin), [now, twin]);
  const place = pairs.find(({ isFirstDifference }) => isFirstDifference);
  return (
    <SpaceBetween size="s">
      {difference === undefined ? (
        <StatusIndicator type="success">{t(WORDS.sameWay)}</StatusIndicator>
      ) : (
        <StatusIndicator type="warning">{t(WORDS.parts[difference.kind])}</StatusIndicator>
      )}
      {place === undefined ? null : (
        <Payloads
          mine={payloadsOf(now, place.one, history.events)}
          theirs={payloadsOf(twin, place.other, other.history.events)}
        />
      )}
      <table className="lens">
        <thead>
          <tr>
            <th scope="col">{run.detail.name}</th>
            <th scope="col">
              <a href={`#/machines/${machine}/runs/${other.run.name}`}>{other.run.name}</a>
            </th>
            <th scope="col">{t(WORDS.howLong)}</th>
          </tr>
        </thead>
        <tbody>
          {pairs.map((pair) => (
            <PairRow key={`${pair.one} ${pair.other}`} {...{ pair, mine: now, theirs: twin }} />
          ))}
        </tbody>
      </table>
    </SpaceBetween>
  );
};

const PairRow = ({
  pair,
  mine,
  theirs,
}: {
  readonly pair: Pair;
  readonly mine: Run;
  readonly theirs: Run;
}) => {
  const { t, language } = useLanguage();
  const one = pair.one === undefined ? undefined : mine.visits[pair.one];
  const other = pair.other === undefined ? undefined : theirs.visits[pair.other];
  const [here, there] = [lengthOf(one), lengthOf(other)];
  return (
    <tr className={pair.isFirstDifference ? 'verdict-failed is-difference' : ''}>
      <td>
        <VisitCell visit={one} />
      </td>
      <td>
        <VisitCell visit={other} />
      </td>
      <td>
        {here === undefined ? '–' : lengthIn(language, here)}
        {here !== undefined && there !== undefined && there > 0 && one?.state === other?.state
          ? ` · ${t(WORDS.timesUsual(numberIn(language, Math.round((here / there) * 10) / 10)))}`
          : null}
      </td>
    </tr>
  );
};

const VisitCell = ({ visit }: { readonly visit: Visit | undefined }) =>
  visit === undefined ? (
    <span>–</span>
  ) : (
    <>
      {visit.state} <Status status={visit.outcome} />
      {visit.attempts.length > 1 ? ` ↻${visit.attempts.length}` : null}
    </>
  );

const lengthOf = (visit: Visit | undefined): number | undefined =>
  visit?.enteredAt === undefined || visit.exitedAt === undefined
    ? undefined
    : Date.parse(visit.exitedAt) - Date.parse(visit.enteredAt);

interface Texts {
  readonly input: string | undefined;
  readonly output: string | undefined;
}

const payloadsOf = (run: Run, at: number | undefined, events: readonly RunEvent[]): Texts => {
  const own = at === undefined ? undefined : run.visits[at]?.events;
  const of = (type: RegExp, name: string) =>
    events.find((event) => own?.includes(event.id) === true && type.test(event.type))?.payloads[name]?.text;
  return { input: of(/StateEntered$/, 'input'), output: of(/StateExited$/, 'output') };
};

const Payloads = ({ mine, theirs }: { readonly mine: Texts; readonly theirs: Texts }) => {
  const { t } = useLanguage();
  return (
    <div className="books">
      <div>
        <Box variant="h4">{t(WORDS.input)}</Box>
        <Changes one={theirs.input} other={mine.input} />
      </div>
      <div>
        <Box variant="h4">{t(WORDS.output)}</Box>
        <Changes one={theirs.output} other={mine.output} />
      </div>
    </div>
  );
};
