/** Shows a saved run, out of the file that it stands in. */
import '@cloudscape-design/global-styles/index.css';
import './page.css';
import { hydrate, QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { createHashRouter, Outlet, RouterProvider } from 'react-router';
import { freeze } from './city/live.ts';
import { DATA_ID, type SavedRun } from './city/saved-run.ts';
import { InFile } from './city/signed-in.tsx';
import { FileFrame } from './pages/run/file-frame.tsx';
import { RunPage } from './pages/run/run.tsx';
import { CloudscapeWords } from './words/cloudscape.tsx';
import { LanguageProvider } from './words/language.tsx';

const saved = JSON.parse(document.getElementById(DATA_ID)?.textContent ?? 'null') as SavedRun;
const path = `/machines/${saved.machine}/runs/${saved.run}`;

const Viewer = () => {
  const [queries] = useState(() => {
    freeze();
    const client = new QueryClient({
      defaultOptions: {
        queries: {
          refetchOnMount: false,
          refetchOnWindowFocus: false,
          refetchOnReconnect: false,
          retry: false,
        },
      },
    });
    hydrate(client, saved.known);
    client.setQueryData(['config'], { urls: {}, faults: false });
    return client;
  });
  const [router] = useState(() => {
    if (!location.hash.startsWith(`#${path}`)) location.hash = path;
    return createHashRouter([
      {
        element: (
          <FileFrame savedAt={saved.savedAt}>
            <Outlet />
          </FileFrame>
        ),
        children: [{ path: 'machines/:machine/runs/:run', Component: RunPage }],
      },
    ]);
  });
  return (
    <LanguageProvider>
      <CloudscapeWords>
        <QueryClientProvider client={queries}>
          <InFile>
            <RouterProvider router={router} />
          </InFile>
        </QueryClientProvider>
      </CloudscapeWords>
    </LanguageProvider>
  );
};

const root = document.getElementById('root');
if (root === null) throw new Error('the file has no #root');
createRoot(root).render(<Viewer />);
