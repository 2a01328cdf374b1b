/** Light or dark, as the reader chose it here or as the system says. */
import { applyDensity, applyMode, Density, disableMotion, Mode } from '@cloudscape-design/global-styles';
import { useEffect, useState } from 'react';

export type Theme = 'light' | 'dark';

const KEPT_AS = 'dabbawala-theme';
const LESS_MOTION = '(prefers-reduced-motion: reduce)';
const DARK = '(prefers-color-scheme: dark)';

export const useTheme = (): { readonly theme: Theme; readonly choose: (theme: Theme) => void } => {
  const [theme, setTheme] = useState<Theme>(firstTheme);
  useEffect(() => {
    applyMode(theme === 'dark' ? Mode.Dark : Mode.Light);
    applyDensity(Density.Compact);
    disableMotion(matchMedia(LESS_MOTION).matches);
    document.documentElement.style.colorScheme = theme;
  }, [theme]);
  const choose = (next: Theme) => {
    localStorage.setItem(KEPT_AS, next);
    setTheme(next);
  };
  return { theme, choose };
};

const firstTheme = (): Theme => {
  const kept = localStorage.getItem(KEPT_AS);
  if (kept === 'light' || kept === 'dark') return kept;
  return matchMedia(DARK).matches ? 'dark' : 'light';
};
