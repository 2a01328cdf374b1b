/** What a door answered: how, with which headers, and the body as it came. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import StatusIndicator from '@cloudscape-design/components/status-indicator';
import * as z from 'zod';
import type { Tried } from '../../city/doors.ts';
import { jsonOf } from '../../model/json.ts';
import { setOut } from '../../model/payload.ts';
import { Code } from '../../parts/payload.tsx';
import { lengthIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

/** What somebody goes on with; security headers are the same at every door. */
const SHOWN = [
  ...[
    'location',
    'retry-after',
    'x-correlation-id',
    'traceparent',
    'etag',
    'content-type',
    'content-language',
  ],
  'idempotency-replayed',
];

export const DoorAnswer = ({ tried }: { readonly tried: Tried }) => {
  const { t, language } = useLanguage();
  const { request, status, headers, text, ms } = tried;
  const shown = SHOWN.flatMap((name) => headers.filter(([header]) => header === name));
  const trace = /^[0-9a-f]{2}-([0-9a-f]{32})-/.exec(
    headers.find(([name]) => name === 'traceparent')?.[1] ?? '',
  )?.[1];
  const problem = problemIn(text);
  return (
    <section aria-label={t(WORDS.answer)} aria-live="polite">
      <SpaceBetween size="s">
        <Box variant="h3">{t(WORDS.answer)}</Box>
        <div>
          <StatusIndicator type={status < 400 ? 'success' : 'error'}>{status}</StatusIndicator>{' '}
          {t(WORDS.answeredIn(lengthIn(language, ms)))} · {request.method} {request.path}
          {trace === undefined ? null : (
            <>
              {' · '}
              <Link href={`#/traces/${trace}`}>{t(WORDS.trace)}</Link>
            </>
          )}
        </div>
        {status < 400 || problem === undefined ? null : (
          <Alert type="error" header={problem.name}>
            <div>{problem.detail}</div>
            <ul>
              {problem.issues.map(({ field, expected }) => (
                <li key={field}>
                  <code>{field}</code>: {expected}
                </li>
              ))}
            </ul>
            <div>{t(problem.retryable ? WORDS.mayRetry : WORDS.noRetry)}</div>
          </Alert>
        )}
        <KeyValuePairs columns={2} items={shown.map(([label, value]) => ({ label, value }))} />
        {text === '' ? (
          <Box color="text-body-secondary">{t(WORDS.noBody)}</Box>
        ) : (
          <Code text={setOut(text)} />
        )}
      </SpaceBetween>
    </section>
  );
};

/** As RFC 9457 and the house have it; another shape is shown as the text that it is. */
const Problem = z.object({
  name: z.string(),
  detail: z.string(),
  retryable: z.boolean(),
  issues: z.array(z.object({ field: z.string(), expected: z.string() })).default([]),
});

const problemIn = (text: string): z.infer<typeof Problem> | undefined => Problem.safeParse(jsonOf(text)).data;
