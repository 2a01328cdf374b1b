/** One system: what it consists of, how that does at the moment, and its doors. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Tabs from '@cloudscape-design/components/tabs';
import { useQuery } from '@tanstack/react-query';
import { useParams, useSearchParams } from 'react-router';
import type { SystemView } from '../../../functions/console/contract.ts';
import { systemsQuery } from '../../city/questions.ts';
import { Answered } from '../../parts/trouble.tsx';
import { numberIn } from '../../words/format.ts';
import { type Text, useLanguage } from '../../words/language.tsx';
import { Doors } from './doors.tsx';
import { SystemStateView } from './state.tsx';
import { WORDS } from './words.ts';

export const SystemPage = () => {
  const { t } = useLanguage();
  const { system: name = '' } = useParams();
  const systems = useQuery(systemsQuery());
  return (
    <Answered of={systems} title={name}>
      {({ items }) => {
        const system = items.find((one) => one.name === name);
        return system === undefined ? (
          <SpaceBetween size="s">
            <Header variant="h1">{name}</Header>
            <Alert type="info" action={<Button href="#/systems">{t(WORDS.systems)}</Button>}>
              {t(WORDS.noSuch)}
            </Alert>
          </SpaceBetween>
        ) : (
          <Loaded key={name} system={system} />
        );
      }}
    </Answered>
  );
};

const Loaded = ({ system }: { readonly system: SystemView }) => {
  const { t } = useLanguage();
  const [address, setAddress] = useSearchParams();
  const { name, machines, events } = system;
  const shown = Object.hasOwn(SHOWN, name) ? SHOWN[name] : undefined;
  return (
    <SpaceBetween size="m">
      <Container
        header={
          <Header
            variant="h1"
            description={
              <>
                {t(WORDS.pattern)} <code>functions/{name}/README.md</code>
              </>
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {shown === undefined ? null : <Button href={shown.href}>{t(shown.text)}</Button>}
                <Button href={`#/traces?system=${name}`}>{t(WORDS.itsTraces)}</Button>
                <Button href={`#/events?system=${name}`}>{t(WORDS.itsEvents)}</Button>
              </SpaceBetween>
            }
          >
            {name}
          </Header>
        }
      >
        <KeyValuePairs
          columns={3}
          items={[
            { label: t(WORDS.machines), value: <Links names={machines} to={(one) => `#/machines/${one}`} /> },
            { label: t(WORDS.tells), value: <Links names={events.out} to={typeLink} /> },
            { label: t(WORDS.hears), value: <Links names={events.in} to={typeLink} /> },
          ]}
        />
      </Container>
      <Tabs
        activeTabId={address.get('tab') === 'doors' ? 'doors' : 'state'}
        onChange={({ detail }) =>
          setAddress(detail.activeTabId === 'doors' ? { tab: 'doors' } : {}, { replace: true })
        }
        ariaLabel={t(WORDS.parts)}
        variant="container"
        tabs={[
          { id: 'state', label: t(WORDS.state), content: <SystemStateView system={system} /> },
          { id: 'doors', label: t(WORDS.doors), content: <Doors system={name} /> },
        ]}
      />
    </SpaceBetween>
  );
};

/** Where what a system does is seen live. */
const SHOWN: { readonly [system: string]: { readonly href: string; readonly text: Text } } = {
  'swiggy-tracking': { href: '#/live', text: WORDS.onTheMap },
  'irctc-booking': { href: '#/chart', text: WORDS.itsCharts },
};

const typeLink = (type: string): string => `#/events/types/${encodeURIComponent(type)}`;

const EVERY = '*';
/** More are folded into a count, with the way to all of them. */
const MOST_LISTED = 12;

const Links = ({
  names,
  to,
}: {
  readonly names: readonly string[];
  readonly to: (name: string) => string;
}) => {
  const { t, language } = useLanguage();
  if (names.length === 0) return <Box color="text-body-secondary">{t(WORDS.nothing)}</Box>;
  return (
    <ul className="plain">
      {names.slice(0, MOST_LISTED).map((name) => (
        <li key={name}>{name === EVERY ? t(WORDS.everything) : <Link href={to(name)}>{name}</Link>}</li>
      ))}
      {names.length > MOST_LISTED ? (
        <li>
          <Link href="#/events/types">+{numberIn(language, names.length - MOST_LISTED)}</Link>
        </li>
      ) : null}
    </ul>
  );
};
