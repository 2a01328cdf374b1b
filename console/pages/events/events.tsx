/** What the systems tell each other, as it comes; what is looked for stands in the address. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import Input from '@cloudscape-design/components/input';
import Select from '@cloudscape-design/components/select';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useSearchParams } from 'react-router';
import { useTail } from '../../city/events.ts';
import { systemsQuery } from '../../city/questions.ts';
import { catalogueOf } from '../../model/catalogue.ts';
import { MOST_KEPT, shownOf, type Tail } from '../../model/tail.ts';
import { Answered, Trouble } from '../../parts/trouble.tsx';
import { useTyped } from '../../parts/use-typed.ts';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { EventPanel } from './event.tsx';
import { addressOf, type Chosen, chosenIn, storyLink } from './filter.ts';
import { EventList } from './list.tsx';
import { WORDS } from './words.ts';

export const Events = () => {
  const { t } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const chosen = chosenIn(address);
  const { tail, older, loadOlder } = useTail(chosen);
  // Another question begins anew.
  const question = `${chosen.system} ${chosen.type} ${chosen.subject}`;
  const [paused, setPaused] = useState<{ readonly question: string; readonly at: number }>();
  const pausedAt = paused?.question === question ? paused.at : undefined;
  const choose = (changed: Partial<Chosen>) =>
    setAddress(addressOf({ ...chosen, ...changed }), { replace: true });
  const counted = tail.data === undefined ? undefined : shownOf(tail.data, pausedAt);
  return (
    <div className={chosen.event === '' ? '' : 'run-columns'}>
      <Container
        header={
          <Header
            variant="h1"
            counter={counted && <Loaded count={counted.shown.length} more={tail.data?.next !== undefined} />}
            description={t(WORDS.help)}
            actions={
              <SpaceBetween direction="horizontal" size="xs" alignItems="center">
                <Pause
                  waiting={pausedAt === undefined ? undefined : counted?.waiting}
                  onPause={() => setPaused({ question, at: tail.data?.arrived ?? 0 })}
                  onResume={() => setPaused(undefined)}
                />
                <Button href="#/events/types">{t(WORDS.types)}</Button>
              </SpaceBetween>
            }
          >
            {t(WORDS.events)}
          </Header>
        }
      >
        <SpaceBetween size="s">
          <Filters {...{ chosen, choose }} />
          {older.error === null ? null : (
            <Trouble error={older.error} {...(loadOlder && { again: loadOlder })} />
          )}
          <Answered of={tail}>
            {(known) => <TailView {...{ tail: known, pausedAt, chosen, choose }} />}
          </Answered>
          {loadOlder === undefined ? null : (
            <Button onClick={() => void loadOlder()} loading={older.loading}>
              {t(WORDS.more)}
            </Button>
          )}
        </SpaceBetween>
      </Container>
      {chosen.event === '' ? null : (
        <EventPanel id={chosen.event} known={tail.data?.events.find(({ id }) => id === chosen.event)} />
      )}
    </div>
  );
};

const Loaded = ({ count, more }: { readonly count: number; readonly more: boolean }) => {
  const { t, language } = useLanguage();
  return `(${t(WORDS.shown(`${numberIn(language, count)}${more ? '+' : ''}`))})`;
};

interface PauseProps {
  /** How much has come since it was stopped; undefined where it runs. */
  readonly waiting: number | undefined;
  readonly onPause: () => void;
  readonly onResume: () => void;
}

const Pause = ({ waiting, onPause, onResume }: PauseProps) => {
  const { t, language } = useLanguage();
  return waiting === undefined ? (
    <>
      <StatusIndicator type="in-progress">{t(WORDS.live)}</StatusIndicator>{' '}
      <Button onClick={onPause}>{t(WORDS.pause)}</Button>
    </>
  ) : (
    <>
      <StatusIndicator type="stopped">{t(WORDS.waiting(numberIn(language, waiting)))}</StatusIndicator>{' '}
      <Button onClick={onResume}>{t(WORDS.resume)}</Button>
    </>
  );
};

interface TailViewProps {
  readonly tail: Tail;
  readonly pausedAt: number | undefined;
  readonly chosen: Chosen;
  readonly choose: (changed: Partial<Chosen>) => void;
}

const TailView = ({ tail, pausedAt, chosen, choose }: TailViewProps) => {
  const { t, language } = useLanguage();
  const { shown } = shownOf(tail, pausedAt);
  const n = (value: number) => numberIn(language, value);
  return (
    <>
      {tail.dropped === 0 ? null : <Alert type="info">{t(WORDS.limit(n(MOST_KEPT), n(tail.dropped)))}</Alert>}
      {shown.length === 0 ? (
        <Box color="text-body-secondary">{t(tail.next === undefined ? WORDS.none : WORDS.noneSoFar)}</Box>
      ) : (
        <EventList
          events={shown}
          arrived={pausedAt ?? tail.arrived}
          chosen={chosen.event}
          onChoose={(event) => choose({ event })}
        />
      )}
    </>
  );
};

const Filters = ({ chosen, choose }: Pick<TailViewProps, 'chosen' | 'choose'>) => {
  const { t } = useLanguage();
  const systems = useQuery(systemsQuery()).data?.items ?? [];
  const [subject, setSubject] = useTyped(chosen.subject, (typed) => choose({ subject: typed }));
  const optionsOf = (any: string, names: readonly string[], now: string) => [
    { value: '', label: any },
    ...[...new Set([...names, now])].filter(Boolean).map((value) => ({ value, label: value })),
  ];
  const tellers = systems.filter(({ events }) => events.out.length > 0).map(({ name }) => name);
  const types = catalogueOf(systems, []).map(({ type }) => type);
  const ofSystems = optionsOf(t(WORDS.anySystem), tellers, chosen.system);
  const ofTypes = optionsOf(t(WORDS.anyType), types, chosen.type);
  return (
    <SpaceBetween direction="horizontal" size="s">
      <Select
        ariaLabel={t(WORDS.system)}
        options={ofSystems}
        selectedOption={ofSystems.find(({ value }) => value === chosen.system) ?? null}
        onChange={({ detail }) => choose({ system: detail.selectedOption.value ?? '' })}
      />
      <Select
        ariaLabel={t(WORDS.type)}
        options={ofTypes}
        selectedOption={ofTypes.find(({ value }) => value === chosen.type) ?? null}
        onChange={({ detail }) => choose({ type: detail.selectedOption.value ?? '' })}
      />
      <div className="search-short">
        <Input
          type="search"
          value={subject}
          placeholder={t(WORDS.subjectHelp)}
          ariaLabel={t(WORDS.subjectHelp)}
          onChange={({ detail }) => setSubject(detail.value)}
        />
      </div>
      {chosen.subject === '' ? null : <Button href={storyLink(chosen.subject)}>{t(WORDS.asStory)}</Button>}
    </SpaceBetween>
  );
};
