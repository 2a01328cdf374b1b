/** What was told about one thing, as a story: a flow can be followed where no state machine runs it. */
import Alert from '@cloudscape-design/components/alert';
import Badge from '@cloudscape-design/components/badge';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import Toggle from '@cloudscape-design/components/toggle';
import { useQuery } from '@tanstack/react-query';
import { Fragment, useMemo } from 'react';
import { useParams, useSearchParams } from 'react-router';
import type { SystemView } from '../../../functions/console/contract.ts';
import { storyQuery, type Told } from '../../city/events.ts';
import { systemsQuery } from '../../city/questions.ts';
import { type StoryStep, storyOf } from '../../model/story.ts';
import { Answered } from '../../parts/trouble.tsx';
import { clockIn, lengthIn, numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { CauseOf, EventData, RunsOf } from './event.tsx';
import { linkTo, storyLink, typeLink } from './filter.ts';
import { WORDS } from './words.ts';

export const Story = () => {
  const { t } = useLanguage();
  const { story = '' } = useParams();
  const [address] = useSearchParams();
  const told = useQuery(storyQuery(story, address.has('wide')));
  const systems = useQuery(systemsQuery());
  return (
    <Answered of={told} title={t(WORDS.story(story))}>
      {(events) => (
        <Answered of={systems} title={t(WORDS.story(story))}>
          {({ items }) => <StoryView {...{ subject: story, told: events, systems: items }} />}
        </Answered>
      )}
    </Answered>
  );
};

interface StoryViewProps {
  readonly subject: string;
  readonly told: Told;
  readonly systems: readonly SystemView[];
}

const StoryView = ({ subject, told, systems }: StoryViewProps) => {
  const { t, language } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const steps = useMemo(() => storyOf(told.events, systems), [told.events, systems]);
  const n = (value: number) => numberIn(language, value);
  const first = steps[0]?.event;
  return (
    <Container
      header={
        <Header
          variant="h1"
          counter={`(${t(WORDS.steps(n(steps.length)))})`}
          description={t(WORDS.storyHelp)}
          actions={<Button href={linkTo({ subject })}>{t(WORDS.events)}</Button>}
        >
          {t(WORDS.story(subject))}
        </Header>
      }
    >
      <SpaceBetween size="m">
        <div>
          {first === undefined ? null : timeIn(language, first.time)} · <RunsOf subject={subject} />
        </div>
        <Toggle
          checked={address.has('wide')}
          onChange={({ detail }) => setAddress(detail.checked ? { wide: '1' } : {}, { replace: true })}
        >
          {t(WORDS.wide)}
        </Toggle>
        <Reach told={told} />
        {steps.length === 0 ? <Alert type="info">{t(WORDS.nothingTold)}</Alert> : null}
        <ol className="story">
          {steps.map((step, at) => (
            <Step key={step.event.id} {...{ step, at, steps, subject }} />
          ))}
        </ol>
      </SpaceBetween>
    </Container>
  );
};

/** How far was looked, where that was not everywhere. */
const Reach = ({ told: { events, looked, more } }: { readonly told: Told }) => {
  const { t, language } = useLanguage();
  const n = (value: number) => numberIn(language, value);
  if (looked > 0) {
    return <Box variant="small">{t(more ? WORDS.lookedNotAll(n(looked)) : WORDS.looked(n(looked)))}</Box>;
  }
  return more ? <Box variant="small">{t(WORDS.notAll(n(events.length)))}</Box> : null;
};

interface StepProps {
  readonly step: StoryStep;
  readonly at: number;
  readonly steps: readonly StoryStep[];
  /** Whose story it is; what is about something else says so. */
  readonly subject: string;
}

const Step = ({ step, at, steps, subject }: StepProps) => {
  const { t, language } = useLanguage();
  const { event, goesTo, cause, followed, missing } = step;
  const n = (value: number) => numberIn(language, value);
  return (
    <>
      {missing === undefined ? null : (
        <li className="story-gap">
          <StatusIndicator type="warning">
            {t(WORDS.missing(n(missing.from), n(missing.to), event.source))}
          </StatusIndicator>{' '}
          {t(WORDS.missingHelp)}
        </li>
      )}
      <li id={`step-${at + 1}`} tabIndex={-1}>
        <div>
          <Badge>{n(at + 1)}</Badge> <span className="lasted">{clockIn(language, event.time)}</span>
          <After step={step} />
        </div>
        <div>
          {t(WORDS.tells(event.source))} <Link href={typeLink(event.type)}>{event.type}</Link>
          {event.sequence === undefined ? null : ` · ${t(WORDS.sequence)} ${n(event.sequence)}`}
          {event.traceId === undefined ? null : (
            <>
              {' · '}
              <Link href={`#/traces/${event.traceId}`} ariaLabel={t(WORDS.traceOf(event.id))}>
                {t(WORDS.trace)}
              </Link>
            </>
          )}
        </div>
        {event.subject === subject ? null : (
          <div>
            {t(WORDS.subject)}: <Link href={storyLink(event.subject)}>{event.subject}</Link>
          </div>
        )}
        {event.causationId === undefined ? null : (
          <div>
            {t(WORDS.cause)}:{' '}
            {cause === undefined ? (
              <CauseOf cause={event.causationId} />
            ) : (
              <ToStep at={cause} steps={steps} />
            )}
          </div>
        )}
        <div>
          {t(WORDS.goesTo)}:{' '}
          {goesTo.length === 0
            ? t(WORDS.noListener)
            : goesTo.map((name, index) => (
                <Fragment key={name}>
                  {index === 0 ? '' : ', '}
                  <Link href={`#/systems/${name}`}>{name}</Link>
                </Fragment>
              ))}
        </div>
        {followed.length === 0 ? null : (
          <div>
            {t(WORDS.followed)}:{' '}
            {followed.map((place, index) => (
              <Fragment key={place}>
                {index === 0 ? '' : ', '}
                <ToStep at={place} steps={steps} />
              </Fragment>
            ))}
          </div>
        )}
        <ExpandableSection headerText={t(WORDS.data)} headingTagOverride="h2">
          <EventData event={event} />
        </ExpandableSection>
      </li>
    </>
  );
};

const After = ({ step: { afterMs } }: { readonly step: StoryStep }) => {
  const { t, language } = useLanguage();
  if (afterMs === undefined) return null;
  const time = lengthIn(language, Math.abs(afterMs));
  return <span className="quiet"> · {t(afterMs < 0 ? WORDS.earlier(time) : WORDS.later(time))}</span>;
};

/** A way to another step. The address of the page is its hash, so that it cannot name a place in the page. */
const ToStep = ({ at, steps }: { readonly at: number; readonly steps: readonly StoryStep[] }) => {
  const { t, language } = useLanguage();
  return (
    <button
      type="button"
      className="state-button"
      onClick={() => document.getElementById(`step-${at + 1}`)?.focus()}
    >
      {t(WORDS.step(numberIn(language, at + 1)))}: {steps[at]?.event.type}
    </button>
  );
};
