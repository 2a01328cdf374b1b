/** One trace: every hop of what was caused by one call. */
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { traceQuery } from '../../city/traces.ts';
import { Answered } from '../../parts/trouble.tsx';
import { Waterfall } from '../../parts/waterfall.tsx';
import { numberIn, timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { WORDS } from './words.ts';

export const TracePage = () => {
  const { t, language } = useLanguage();
  const { trace = '' } = useParams();
  const found = useQuery(traceQuery(trace));
  const n = (value: number) => numberIn(language, value);
  return (
    <Answered of={found}>
      {({ traceId, startedAt, spans, total, more }) => (
        <Container
          header={
            <Header
              variant="h1"
              counter={`(${t(WORDS.spans(n(spans.length), `${n(total)}${more ? '+' : ''}`))})`}
              description={timeIn(language, startedAt)}
            >
              {t(WORDS.trace(traceId))}
            </Header>
          }
        >
          <Waterfall rows={spans} />
        </Container>
      )}
    </Answered>
  );
};
