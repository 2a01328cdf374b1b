/** What is done with the letters that are chosen. */
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState } from 'react';
import { AskFirst } from '../../parts/ask-first.tsx';
import { numberIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import type { Act } from './use-redrive.ts';
import { WORDS } from './words.ts';

interface DeskProps {
  readonly trails: readonly string[];
  readonly pending: boolean;
  readonly act: (act: Act, dryRun: boolean, ratePerSecond: number) => void;
}

export const Desk = ({ trails, pending, act }: DeskProps) => {
  const { t, language } = useLanguage();
  const [rate, setRate] = useState('100');
  const [discarding, setDiscarding] = useState(false);
  const none = trails.length === 0 || pending;
  return (
    <SpaceBetween direction="horizontal" size="s" alignItems="end">
      <FormField label={t(WORDS.rate)}>
        <Input type="number" value={rate} onChange={({ detail }) => setRate(detail.value)} />
      </FormField>
      <Button disabled={none} onClick={() => act('redrive', true, Number(rate))}>
        {t(WORDS.dryRun)}
      </Button>
      <Button
        variant="primary"
        disabled={trails.length === 0}
        loading={pending}
        onClick={() => act('redrive', false, Number(rate))}
      >
        {t(WORDS.send)}
      </Button>
      <Button disabled={none} onClick={() => setDiscarding(true)}>
        {t(WORDS.discard)}
      </Button>
      <span>{t(WORDS.chosen(numberIn(language, trails.length)))}</span>
      {discarding ? (
        <AskFirst
          title={t(WORDS.sure)}
          act={t(WORDS.discard)}
          onAct={() => {
            setDiscarding(false);
            act('discard', false, Number(rate));
          }}
          onCancel={() => setDiscarding(false)}
        >
          {t(WORDS.sureHelp)}
        </AskFirst>
      ) : null}
    </SpaceBetween>
  );
};
