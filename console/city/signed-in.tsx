/** Lets a page through to whoever is signed in, and the sign-in page to everybody else. */
import { useQueryClient } from '@tanstack/react-query';
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useState } from 'react';
import { isSignedOut } from './problem.ts';
import { endSession, findSession, forget, type Session, shareSession } from './session.ts';

interface SignedIn {
  readonly session: Pick<Session, 'role'>;
  readonly signOut: () => void;
  /** There is no city behind the page: it shows a saved run. */
  readonly offline: boolean;
}

const Context = createContext<SignedIn | undefined>(undefined);

export const useSession = (): SignedIn => {
  const signedIn = use(Context);
  if (signedIn === undefined) throw new Error('useSession stands inside of SignedInOnly');
  return signedIn;
};

export const SignedInOnly = ({
  children,
  otherwise,
}: {
  readonly children: ReactNode;
  /** What is shown to who is not signed in; it says when somebody is. */
  readonly otherwise: (onSession: (session: Session) => void) => ReactNode;
}) => {
  const [session, setSession] = useState<Session | 'looking' | undefined>('looking');
  const queries = useQueryClient();
  const leave = useCallback(() => {
    queries.clear();
    setSession(undefined);
  }, [queries]);
  useEffect(() => {
    // An address with a code signs in anew, maybe as somebody else.
    if (location.hash.startsWith('#/sign-in')) setSession(undefined);
    else void findSession().then((found) => setSession((now) => (now === 'looking' ? found : now)));
    return shareSession(leave);
  }, [leave]);
  // Whichever question is told that the session has ended, the whole page is.
  useEffect(
    () =>
      queries.getQueryCache().subscribe(({ query }) => {
        if (!isSignedOut(query.state.error)) return;
        forget();
        leave();
      }),
    [queries, leave],
  );
  const signOut = useCallback(() => {
    leave();
    void endSession();
  }, [leave]);
  const signedIn = useMemo(
    () => (typeof session === 'object' ? { session, signOut, offline: false } : undefined),
    [session, signOut],
  );
  if (session === 'looking') return null;
  if (signedIn === undefined) return otherwise(setSession);
  return <Context value={signedIn}>{children}</Context>;
};

/** For the page of a saved run: it shows all that was saved, and there is nobody to sign in with. */
export const InFile = ({ children }: { readonly children: ReactNode }) => (
  <Context value={IN_FILE}>{children}</Context>
);
const IN_FILE: SignedIn = { session: { role: 'operator' }, signOut: () => undefined, offline: true };
