/** What is shown where no page is, or where one broke: never a blank. */
import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import { useRouteError } from 'react-router';
import { WORDS as COMMON } from '../parts/words.ts';
import { useLanguage, type Words } from '../words/language.tsx';

const WORDS = {
  broken: { en: 'This page broke', hi: 'यह पन्ना टूट गया' },
  brokenHelp: {
    en: 'That is a defect of the console; nothing in the city has changed by it. Other pages go on working.',
    hi: 'यह कंसोल की खराबी है; इससे शहर में कुछ नहीं बदला। बाकी पन्ने चलते रहेंगे।',
  },
} as const satisfies Words;

export const NoSuchPage = () => {
  const { t } = useLanguage();
  return (
    <Alert
      type="info"
      header={<h1 className="as-text">{t(COMMON.notFound)}</h1>}
      action={<Button href="#/">{t(COMMON.home)}</Button>}
    >
      {t(COMMON.notFoundHelp)}
    </Alert>
  );
};

export const BrokenPage = () => {
  const { t } = useLanguage();
  const error = useRouteError();
  return (
    <Alert
      type="error"
      header={<h1 className="as-text">{t(WORDS.broken)}</h1>}
      action={<Button href="#/">{t(COMMON.home)}</Button>}
    >
      <p>{t(WORDS.brokenHelp)}</p>
      <pre>{error instanceof Error ? (error.stack ?? error.message) : String(error)}</pre>
    </Alert>
  );
};
