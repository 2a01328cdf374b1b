/** Starts the console. */
import '@cloudscape-design/global-styles/index.css';
import './page.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { StrictMode, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createHashRouter, RouterProvider } from 'react-router';
import { queryClient } from './city/live.ts';
import { SignedInOnly } from './city/signed-in.tsx';
import { PAGES } from './pages/pages.tsx';
import { SignIn } from './pages/sign-in/sign-in.tsx';
import { CloudscapeWords } from './words/cloudscape.tsx';
import { LanguageProvider } from './words/language.tsx';

const Console = () => {
  const [queries] = useState(queryClient);
  return (
    <StrictMode>
      <LanguageProvider>
        <CloudscapeWords>
          <QueryClientProvider client={queries}>
            <SignedInOnly otherwise={(onSession) => <SignIn onSession={onSession} />}>
              <Pages />
            </SignedInOnly>
          </QueryClientProvider>
        </CloudscapeWords>
      </LanguageProvider>
    </StrictMode>
  );
};

/** Reads the address only when somebody is signed in: until then it may hold a code. */
const Pages = () => {
  const [router] = useState(() => createHashRouter(PAGES));
  return <RouterProvider router={router} />;
};

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(<Console />);
