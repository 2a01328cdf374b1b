import type { Words } from '../../words/language.tsx';

export const WORDS = {
  title: { en: 'State machines', hi: 'स्टेट मशीनें' },
  help: {
    en: 'Each runs one saga or workflow of the city. Counts are of the last 90 days, as Step Functions keeps them.',
    hi: 'हर मशीन शहर का एक सागा या वर्कफ़्लो चलाती है। गिनती पिछले 90 दिनों की है, जितना Step Functions रखता है।',
  },
  machine: { en: 'Machine', hi: 'मशीन' },
  system: { en: 'System', hi: 'सिस्टम' },
  rate: { en: 'Succeeded of those that ended', hi: 'समाप्त हुओं में से सफल' },
  none: { en: 'No state machine is deployed.', hi: 'कोई स्टेट मशीन डिप्लॉय नहीं है।' },
  nothingEnded: { en: 'none has ended', hi: 'कोई समाप्त नहीं हुआ' },
} as const satisfies Words;
