/** Signs in with the one-time code of the address, or says how to come by one. */
import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { AskProblem } from '../../city/problem.ts';
import { openSession, type Session } from '../../city/session.ts';
import { Loading, Trouble } from '../../parts/trouble.tsx';
import { useLanguage } from '../../words/language.tsx';
import { useTheme } from '../../words/theme.ts';
import { WORDS } from './words.ts';

export const SignIn = ({ onSession }: { readonly onSession: (session: Session) => void }) => {
  const { t, language, speak } = useLanguage();
  useTheme();
  const [trouble, setTrouble] = useState<unknown>();
  const [code] = useState(takeCode);
  const asked = useRef(false);
  useEffect(() => {
    // Once, also where React runs effects twice: the code is worth one session.
    if (code === undefined || asked.current) return;
    asked.current = true;
    openSession(code).then(onSession, setTrouble);
  }, [code, onSession]);
  if (code !== undefined && trouble === undefined) return <Loading />;
  const used = trouble instanceof AskProblem && trouble.status === 401;
  return (
    <main className="sign-in">
      <Container
        header={
          <Header
            variant="h1"
            actions={
              <Button onClick={() => speak(language === 'en' ? 'hi' : 'en')}>{t(WORDS.language)}</Button>
            }
          >
            {t(WORDS.title)}
          </Header>
        }
      >
        <SpaceBetween size="m">
          {used ? <Alert type="warning">{t(WORDS.used)}</Alert> : null}
          {trouble !== undefined && !used ? <Trouble error={trouble} asked="act" /> : null}
          <Box variant="p">{t(WORDS.how)}</Box>
          <Box variant="code">npx --no dabba console</Box>
          <Box variant="p">{t(WORDS.viewer)}</Box>
          <Box variant="code">npx --no dabba console --role viewer</Box>
        </SpaceBetween>
      </Container>
    </main>
  );
};

/** The code, taken out of the address so that it is neither in the history nor in what somebody copies. */
const takeCode = (): string | undefined => {
  const [path = '', query = ''] = location.hash.slice(1).split('?');
  if (path !== '/sign-in') return undefined;
  const given = new URLSearchParams(query);
  const code = given.get('code') ?? undefined;
  history.replaceState(null, '', `#${given.get('to') ?? '/'}`);
  return code;
};
