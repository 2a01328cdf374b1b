import type { Words } from '../../words/language.tsx';

export const WORDS = {
  trace: (id: string) => ({ en: `Trace ${id}`, hi: `ट्रेस ${id}` }),
  spans: (n: string, m: string) => ({ en: `${n} of ${m} spans`, hi: `${m} में से ${n} स्पैन` }),
} as const satisfies Words;
