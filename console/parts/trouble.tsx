/** What could not be read is said where it would stand: an error never looks like emptiness. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import { useLanguage } from '../words/language.tsx';
import { type Asked, toldBy } from './told.ts';
import { WORDS } from './words.ts';

interface Question<T> {
  readonly data: T | undefined;
  readonly error: unknown;
  readonly isPending: boolean;
  readonly refetch: () => unknown;
}

/** Shows what came of a question: what is known stays, with the error above it. */
export const Answered = <T,>({
  of,
  title,
  children,
}: {
  readonly of: Question<T>;
  /** What a page is called that has no heading before it has its answer. */
  readonly title?: string;
  readonly children: (data: T) => ReactNode;
}) => {
  if (of.data === undefined) {
    return (
      <>
        {title === undefined ? null : <h1 className="visually-hidden">{title}</h1>}
        {of.error === null ? (
          <Loading />
        ) : (
          <Trouble error={of.error} again={of.refetch} isHeading={title === undefined} />
        )}
      </>
    );
  }
  return (
    <SpaceBetween size="s">
      {of.error === null ? null : <Trouble error={of.error} again={of.refetch} />}
      {children(of.data)}
    </SpaceBetween>
  );
};

export const Loading = () => {
  const { t } = useLanguage();
  return (
    <Box padding="l" textAlign="center">
      <Spinner /> {t(WORDS.loading)}
    </Box>
  );
};

interface TroubleProps {
  readonly error: unknown;
  /** Asks for it again; offered only where that can help. */
  readonly again?: () => unknown;
  /** What was meant: an action is refused or not done, and not "not read". @default 'read' */
  readonly asked?: Asked;
  /** It stands where the page would, and is its heading. @default false */
  readonly isHeading?: boolean;
}

export const Trouble = ({ error, again, asked = 'read', isHeading = false }: TroubleProps) => {
  const { t, language } = useLanguage();
  const { kind, detail, traceId, problem, mayRetry } = toldBy(error, asked, language);
  const headed = (text: string) => (isHeading ? <h1 className="as-text">{text}</h1> : text);
  const retry = again && mayRetry ? <Button onClick={() => again()}>{t(WORDS.again)}</Button> : null;
  if (kind === 'silent' || kind === 'silentAct') {
    return (
      <Alert type="warning" action={retry}>
        {headed(t(kind === 'silent' ? WORDS.unreachable : WORDS.noAnswer))}
      </Alert>
    );
  }
  if (kind === 'missing') {
    return (
      <Alert
        type="info"
        header={<h1 className="as-text">{t(WORDS.notFound)}</h1>}
        action={<Button href="#/">{t(WORDS.home)}</Button>}
      >
        {detail} {t(WORDS.notFoundHelp)}
      </Alert>
    );
  }
  return (
    <Alert type="error" header={headed(t(WORDS[kind]))} action={retry}>
      <div>{detail}</div>
      <div>
        {problem}
        {traceId === undefined ? null : (
          <>
            {' · '}
            <Link href={`#/traces/${traceId}`}>{t(WORDS.trace(traceId))}</Link>
          </>
        )}
      </div>
    </Alert>
  );
};
