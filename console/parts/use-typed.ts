import { useEffect, useState } from 'react';

/** So long after the last key somebody has stopped typing. */
const STOPPED_MS = 400;

/**
 * What a field shows, and what takes what is typed into it: the field shows it at once, and `tell` hears of it, without
 * spaces around it, when somebody stops typing. Until then what is known does not change the field.
 */
export const useTyped = (known: string, tell: (typed: string) => void) => {
  const [typed, setTyped] = useState<string>();
  useEffect(() => {
    if (typed === undefined) return undefined;
    if (typed.trim() === known) {
      if (typed === known) setTyped(undefined);
      return undefined;
    }
    const timer = setTimeout(() => tell(typed.trim()), STOPPED_MS);
    return () => clearTimeout(timer);
  }, [typed, known, tell]);
  return [typed ?? known, setTyped] as const;
};
