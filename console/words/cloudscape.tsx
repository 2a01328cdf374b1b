/** What Cloudscape's parts say to a screen reader, in the language of the page. It has no Hindi of its own. */
import { I18nProvider } from '@cloudscape-design/components/i18n';
import type { ReactNode } from 'react';
import { type Text, useLanguage } from './language.tsx';

export const CloudscapeWords = ({ children }: { readonly children: ReactNode }) => {
  const { language, t } = useLanguage();
  const parts = Object.entries(WORDS).map(([part, texts]) => [
    part,
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, t(text)])),
  ]);
  const messages = [{ 'cloudscape-design-components': { [language]: Object.fromEntries(parts) } }];
  return (
    <I18nProvider locale={language} messages={messages}>
      {children}
    </I18nProvider>
  );
};

const CLOSE = { en: 'Close', hi: 'बंद करें' };
const ERROR = { en: 'Error', hi: 'गड़बड़ी' };
const AGAIN = { en: 'Try again', hi: 'फिर कोशिश करें' };
const CHOSEN = { en: 'Selected', hi: 'चुना हुआ' };
const OUTSIDE = { en: 'Opens in a new tab', hi: 'नए टैब में खुलता है' };

const WORDS: { readonly [part: string]: { readonly [name: string]: Text } } = {
  alert: {
    dismissAriaLabel: CLOSE,
    'i18nStrings.dismissAriaLabel': CLOSE,
    'i18nStrings.successIconAriaLabel': { en: 'Success', hi: 'सफल' },
    'i18nStrings.errorIconAriaLabel': ERROR,
    'i18nStrings.warningIconAriaLabel': { en: 'Warning', hi: 'चेतावनी' },
    'i18nStrings.infoIconAriaLabel': { en: 'Note', hi: 'सूचना' },
  },
  'app-layout': {
    'ariaLabels.notifications': { en: 'Notices', hi: 'सूचनाएँ' },
    'ariaLabels.tools': { en: 'Help', hi: 'मदद' },
    'ariaLabels.toolsClose': CLOSE,
    'ariaLabels.toolsToggle': { en: 'Help', hi: 'मदद' },
  },
  button: { 'i18nStrings.externalIconAriaLabel': OUTSIDE },
  'copy-to-clipboard': { 'i18nStrings.copyButtonText': { en: 'Copy', hi: 'कॉपी करें' } },
  flashbar: {
    'i18nStrings.ariaLabel': { en: 'Notices', hi: 'सूचनाएँ' },
    'i18nStrings.errorIconAriaLabel': ERROR,
    'i18nStrings.inProgressIconAriaLabel': { en: 'Under way', hi: 'जारी' },
    'i18nStrings.infoIconAriaLabel': { en: 'Note', hi: 'सूचना' },
    'i18nStrings.successIconAriaLabel': { en: 'Success', hi: 'सफल' },
    'i18nStrings.warningIconAriaLabel': { en: 'Warning', hi: 'चेतावनी' },
  },
  input: { clearAriaLabel: { en: 'Clear', hi: 'साफ़ करें' } },
  link: { externalIconAriaLabel: OUTSIDE },
  modal: { closeAriaLabel: CLOSE },
  pagination: {
    'ariaLabels.nextPageLabel': { en: 'Next page', hi: 'अगला पन्ना' },
    'ariaLabels.previousPageLabel': { en: 'Previous page', hi: 'पिछला पन्ना' },
  },
  popover: { dismissAriaLabel: CLOSE },
  select: { errorIconAriaLabel: ERROR, selectedAriaLabel: CHOSEN, recoveryText: AGAIN },
  table: {
    'ariaLabels.expandButtonLabel': { en: 'Show more', hi: 'और दिखाएँ' },
    'ariaLabels.collapseButtonLabel': { en: 'Show less', hi: 'कम दिखाएँ' },
    'ariaLabels.sortAscending': { en: 'smallest first', hi: 'छोटे पहले' },
    'ariaLabels.sortDescending': { en: 'largest first', hi: 'बड़े पहले' },
  },
  tabs: {
    'i18nStrings.scrollLeftAriaLabel': { en: 'Back', hi: 'पीछे' },
    'i18nStrings.scrollRightAriaLabel': { en: 'On', hi: 'आगे' },
  },
  'top-navigation': {
    'i18nStrings.overflowMenuTriggerText': { en: 'More', hi: 'और' },
    'i18nStrings.overflowMenuTitleText': { en: 'All', hi: 'सब' },
    'i18nStrings.overflowMenuBackIconAriaLabel': { en: 'Back', hi: 'पीछे' },
    'i18nStrings.overflowMenuDismissIconAriaLabel': CLOSE,
  },
};
