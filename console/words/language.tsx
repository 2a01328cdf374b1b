/** Which language the page speaks. Every text exists in both, and a missing one does not compile. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';

export type Language = 'en' | 'hi';
/** One text in both languages. */
export type Text = { readonly [language in Language]: string };
/** The texts of a part of the page; what holds a number or a name is a function of it. */
export interface Words {
  readonly [name: string]: Text | ((...values: never[]) => Text) | { readonly [kind: string]: Text };
}

interface Speaking {
  readonly language: Language;
  readonly speak: (language: Language) => void;
  /** The text in the language of the page. */
  readonly t: (text: Text) => string;
}

const KEPT_AS = 'dabbawala-language';
const Context = createContext<Speaking | undefined>(undefined);

export const LanguageProvider = ({ children }: { readonly children: ReactNode }) => {
  const [language, setLanguage] = useState<Language>(firstLanguage);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const speak = useCallback((next: Language) => {
    localStorage.setItem(KEPT_AS, next);
    document.documentElement.lang = next;
    setLanguage(next);
  }, []);
  const t = useCallback((text: Text) => text[language], [language]);
  const speaking = useMemo(() => ({ language, speak, t }), [language, speak, t]);
  return <Context value={speaking}>{children}</Context>;
};

export const useLanguage = (): Speaking => {
  const speaking = useContext(Context);
  if (speaking === undefined) throw new Error('useLanguage stands inside of LanguageProvider');
  return speaking;
};

/** What was chosen here before, or else what the browser prefers. */
const firstLanguage = (): Language => {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'en' || kept === 'hi') return kept;
  return navigator.languages.find((tag) => /^(en|hi)\b/.test(tag))?.startsWith('hi') ? 'hi' : 'en';
};
