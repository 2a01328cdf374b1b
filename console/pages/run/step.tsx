/** The state that is looked at: what went in, what came out, what changed on the way, and every attempt. */
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import ExpandableSection from '@cloudscape-design/components/expandable-section';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import type { Payload, RunEvent } from '../../../functions/console/contract.ts';
import { routes } from '../../../functions/console/contract.ts';
import { ask } from '../../city/ask.ts';
import type { Attempt, Visit } from '../../model/run.ts';
import { PayloadText } from '../../parts/payload.tsx';
import { Status } from '../../parts/status.tsx';
import { clockIn, lengthIn, numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { FailHere } from './act/fail-here.tsx';
import { Changes } from './changes.tsx';
import type { RunInView } from './use-run.ts';
import { WORDS } from './words.ts';

export const StepPanel = ({ run }: { readonly run: RunInView }) => {
  const { t } = useLanguage();
  const { chosen, now, states } = run;
  const visits = now.visits.filter(({ state }) => state === chosen);
  if (chosen === undefined) {
    return (
      <Container header={<Header variant="h2">{t(WORDS.state)}</Header>}>
        <Box color="text-body-secondary">{t(WORDS.chooseState)}</Box>
      </Container>
    );
  }
  return (
    <Container
      header={
        <Header variant="h2" description={states[chosen]?.Comment}>
          {chosen}
        </Header>
      }
    >
      {visits.length === 0 ? <Box color="text-body-secondary">{t(WORDS.notYet)}</Box> : null}
      <SpaceBetween size="m">
        <FailHere key={chosen} run={run} state={chosen} />
        <Visits key={`of ${chosen}`} {...{ run, visits }} />
      </SpaceBetween>
    </Container>
  );
};

/** A state in a loop may be entered a thousand times: older visits are drawn when somebody asks for them. */
const VISITS_AT_ONCE = 5;

const Visits = ({ run, visits }: { readonly run: RunInView; readonly visits: readonly Visit[] }) => {
  const { t, language } = useLanguage();
  const [most, setMost] = useState(VISITS_AT_ONCE);
  const older = Math.max(0, visits.length - most);
  const n = (value: number) => numberIn(language, value);
  return (
    <SpaceBetween size="m">
      {visits
        .slice(older)
        .map((visit, index) => (
          <SpaceBetween key={visit.events[0]} size="s">
            {visits.length > 1 ? (
              <Header variant="h3">{t(WORDS.visit(n(older + index + 1), n(visits.length)))}</Header>
            ) : null}
            <VisitView {...{ run, visit }} />
          </SpaceBetween>
        ))
        .toReversed()}
      {older === 0 ? null : (
        <Button onClick={() => setMost(most + VISITS_AT_ONCE)}>{t(WORDS.olderVisits(n(older)))}</Button>
      )}
    </SpaceBetween>
  );
};

const VisitView = ({ run, visit }: { readonly run: RunInView; readonly visit: Visit }) => {
  const { t, language } = useLanguage();
  const events = run.history.events.filter(({ id }) => visit.events.includes(id));
  const input = payloadIn(events, /StateEntered$/, 'input');
  const output = payloadIn(events, /StateExited$/, 'output');
  return (
    <SpaceBetween size="s">
      <div>
        <Status status={visit.outcome} />{' '}
        {visit.enteredAt === undefined ? null : clockIn(language, visit.enteredAt)}
        {visit.enteredAt !== undefined && visit.exitedAt !== undefined
          ? ` · ${lengthIn(language, Date.parse(visit.exitedAt) - Date.parse(visit.enteredAt))}`
          : null}
      </div>
      {visit.attempts.map((attempt, index) => (
        <AttemptView key={attempt.events[0]} number={index + 1} {...{ run, attempt, events }} />
      ))}
      <ExpandableSection headerText={t(WORDS.input)}>
        <PayloadOf run={run} found={input} name="input" />
      </ExpandableSection>
      <ExpandableSection headerText={t(WORDS.output)}>
        <PayloadOf run={run} found={output} name="output" />
      </ExpandableSection>
      {input === undefined || output === undefined ? null : (
        <ExpandableSection headerText={t(WORDS.changed)} defaultExpanded>
          <Changes one={input.payload.text} other={output.payload.text} />
        </ExpandableSection>
      )}
    </SpaceBetween>
  );
};

interface Found {
  readonly event: RunEvent;
  readonly payload: Payload;
}

const payloadIn = (events: readonly RunEvent[], type: RegExp, name: string): Found | undefined => {
  const event = events.find((candidate) => type.test(candidate.type));
  const payload = event?.payloads[name];
  return event === undefined || payload === undefined ? undefined : { event, payload };
};

const PayloadOf = ({
  run,
  found,
  name,
}: {
  readonly run: RunInView;
  readonly found: Found | undefined;
  readonly name: string;
}) => {
  if (found === undefined) return <PayloadText payload={undefined} />;
  const { machine, detail } = run;
  const path = { machine, run: detail.name, event: found.event.id };
  return (
    <PayloadText
      payload={found.payload}
      whole={{
        key: ['run-event', machine, detail.name, found.event.id, name],
        load: async (signal) =>
          (await ask('console', routes.getRunEvent, { path }, { signal })).payloads[name],
      }}
    />
  );
};

/** What the error says, where the cause is what Lambda tells of one; the whole of it, with the stack, is a click away. */
const messageIn = (cause: string | undefined): string | undefined => {
  const message = /"errorMessage"\s*:\s*("(?:[^"\\]|\\.)*")/.exec(cause ?? '')?.[1];
  return message === undefined ? undefined : String(JSON.parse(message));
};

const AttemptView = ({
  run,
  attempt,
  number,
  events,
}: {
  readonly run: RunInView;
  readonly attempt: Attempt;
  readonly number: number;
  readonly events: readonly RunEvent[];
}) => {
  const { t, language } = useLanguage();
  const own = events.filter(({ id }) => attempt.events.includes(id));
  const { scheduledAt, endedAt } = attempt;
  const cause = own.find(({ payloads }) => payloads.cause !== undefined);
  return (
    <div className="attempt">
      <strong>{t(WORDS.attempt(numberIn(language, number)))}</strong> <Status status={attempt.outcome} />{' '}
      {scheduledAt === undefined ? null : clockIn(language, scheduledAt)}
      {scheduledAt !== undefined && endedAt !== undefined
        ? ` · ${lengthIn(language, Date.parse(endedAt) - Date.parse(scheduledAt))}`
        : null}
      {attempt.error === undefined ? null : <div className="error-name">{attempt.error}</div>}
      {cause?.payloads.cause === undefined ? null : (
        <>
          <div>{messageIn(cause.payloads.cause.text)}</div>
          <ExpandableSection headerText={t(WORDS.cause)}>
            <PayloadOf run={run} found={{ event: cause, payload: cause.payloads.cause }} name="cause" />
          </ExpandableSection>
        </>
      )}
    </div>
  );
};
