/** The frame of a saved run: that it is one, of when, and nothing that would ask the city. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { ReactNode } from 'react';
import { timeIn } from '../../words/format.ts';
import { useLanguage } from '../../words/language.tsx';
import { useTheme } from '../../words/theme.ts';
import { WORDS } from './words.ts';

export const FileFrame = ({
  savedAt,
  children,
}: {
  readonly savedAt: string;
  readonly children: ReactNode;
}) => {
  const { t, language, speak } = useLanguage();
  useTheme();
  return (
    <main className="file-frame">
      <SpaceBetween size="m">
        <Alert
          type="info"
          action={
            <Button onClick={() => speak(language === 'en' ? 'hi' : 'en')}>{t(WORDS.otherLanguage)}</Button>
          }
        >
          {t(WORDS.savedRun(timeIn(language, savedAt)))}
        </Alert>
        {children}
      </SpaceBetween>
    </main>
  );
};
