/** Loads what is older when somebody asks for it, and says how that goes. */
import { useState } from 'react';

export interface Older {
  readonly loading: boolean;
  /** `null` where nothing went wrong. */
  readonly error: unknown;
}

/** @param load loads the next page and keeps it, if there is one */
export const useOlder = (
  load: () => Promise<void>,
): { readonly older: Older; readonly loadOlder: () => Promise<void> } => {
  const [older, setOlder] = useState<Older>({ loading: false, error: null });
  const loadOlder = async () => {
    setOlder({ loading: true, error: null });
    try {
      await load();
      setOlder({ loading: false, error: null });
    } catch (error) {
      setOlder({ loading: false, error });
    }
  };
  return { older, loadOlder };
};
