/** What could not be read is said where it would stand: an error never looks like emptiness. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Spinner from '@cloudscape-design/components/spinner';
import type { ReactNode } from 'react';
import { AskProblem } from '../city/problem.ts';
import { useLanguage } from '../words/language.tsx';
import { WORDS } from './words.ts';

interface Asked<T> {
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
  readonly of: Asked<T>;
  /** What a page is called that has no heading before it has its answer. */
  readonly title?: string;
  readonly children: (data: T) => ReactNode;
}) => {
  const trouble = of.error === null ? undefined : <Trouble error={of.error} again={of.refetch} />;
  if (of.data === undefined) {
    return (
      <>
        {title === undefined ? null : <h1 className="visually-hidden">{title}</h1>}
        {trouble ?? <Loading />}
      </>
    );
  }
  return (
    <SpaceBetween size="s">
      {trouble}
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

export const Trouble = ({ error, again }: { readonly error: unknown; readonly again?: () => unknown }) => {
  const { t } = useLanguage();
  const { status, detail, traceId, problem } = toldBy(error);
  const retry = again && <Button onClick={() => again()}>{t(WORDS.again)}</Button>;
  if (status === 0) {
    return (
      <Alert type="warning" action={retry}>
        {t(WORDS.unreachable)}
      </Alert>
    );
  }
  if (status === 404) {
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
    <Alert type="error" header={t(WORDS.failed)} action={retry}>
      <div>{detail}</div>
      <Box variant="small">
        {problem}
        {traceId === undefined ? null : (
          <>
            {' · '}
            <a href={`#/traces/${traceId}`}>{t(WORDS.trace(traceId))}</a>
          </>
        )}
      </Box>
    </Alert>
  );
};

const toldBy = (error: unknown) =>
  error instanceof AskProblem
    ? { ...{ status: error.status, detail: error.message }, traceId: error.traceId, problem: error.problem }
    : { status: -1, detail: String(error), traceId: undefined, problem: '' };
