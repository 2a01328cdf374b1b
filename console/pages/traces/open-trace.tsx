/** Opens the trace of an id that somebody has in hand. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { TraceSummary } from '../../../functions/platform/contract.ts';
import { Trouble } from '../../parts/trouble.tsx';
import { useLanguage } from '../../words/language.tsx';
import { findTrace } from './find.ts';
import { WORDS } from './words.ts';

export const OpenTrace = ({ listed }: { readonly listed: readonly TraceSummary[] }) => {
  const { t } = useLanguage();
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const [came, setCame] = useState<'nothing' | 'looking' | 'not found' | { readonly error: unknown }>(
    'nothing',
  );
  const open = async () => {
    setCame('looking');
    try {
      const found = await findTrace(text, listed);
      if (found === undefined) setCame('not found');
      else void navigate(`/traces/${found}`);
    } catch (error) {
      setCame({ error });
    }
  };
  return (
    <SpaceBetween size="xs">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (text.trim() !== '') void open();
        }}
      >
        <SpaceBetween direction="horizontal" size="xs">
          <div className="search">
            <Input
              type="search"
              value={text}
              placeholder={t(WORDS.find)}
              ariaLabel={t(WORDS.find)}
              onChange={({ detail }) => setText(detail.value)}
            />
          </div>
          <Button formAction="submit" loading={came === 'looking'}>
            {t(WORDS.open)}
          </Button>
        </SpaceBetween>
      </form>
      {came === 'not found' ? <Alert type="info">{t(WORDS.notFound)}</Alert> : null}
      {typeof came === 'object' ? <Trouble error={came.error} again={open} /> : null}
    </SpaceBetween>
  );
};
