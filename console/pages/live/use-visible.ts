/** Whether somebody may be looking: nothing is followed in a hidden tab. */
import { useSyncExternalStore } from 'react';

const isVisible = (): boolean => document.visibilityState === 'visible';

const onTurn = (tell: () => void): (() => void) => {
  document.addEventListener('visibilitychange', tell);
  return () => document.removeEventListener('visibilitychange', tell);
};

export const useVisible = (): boolean => useSyncExternalStore(onTurn, isVisible);
