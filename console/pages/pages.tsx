/** Which page stands at which address. Each is loaded when it is first looked at. */
import { type RouteObject, redirect } from 'react-router';
import { Shell } from '../parts/shell.tsx';
import { Loading } from '../parts/trouble.tsx';
import { BrokenPage, NoSuchPage } from './no-such-page.tsx';

export const PAGES: RouteObject[] = [
  {
    element: <Shell />,
    HydrateFallback: Loading,
    children: [
      {
        ErrorBoundary: BrokenPage,
        children: [
          {
            index: true,
            lazy: async () => ({ Component: (await import('./machines/machines.tsx')).Machines }),
          },
          {
            path: 'machines/:machine',
            lazy: async () => ({ Component: (await import('./runs/runs.tsx')).Runs }),
          },
          {
            path: 'machines/:machine/runs/:run',
            lazy: async () => ({ Component: (await import('./run/run.tsx')).RunPage }),
          },
          {
            path: 'traces',
            lazy: async () => ({ Component: (await import('./traces/traces.tsx')).Traces }),
          },
          {
            path: 'traces/compare',
            lazy: async () => ({ Component: (await import('./traces/compare.tsx')).CompareTraces }),
          },
          {
            path: 'traces/:trace',
            lazy: async () => ({ Component: (await import('./traces/trace.tsx')).TracePage }),
          },
          {
            path: 'dead-letters',
            lazy: async () => ({ Component: (await import('./dead-letters/dead-letters.tsx')).DeadLetters }),
          },
          {
            path: 'events',
            lazy: async () => ({ Component: (await import('./events/events.tsx')).Events }),
          },
          {
            path: 'events/types',
            lazy: async () => ({ Component: (await import('./events/types.tsx')).EventTypes }),
          },
          {
            path: 'events/types/:type',
            lazy: async () => ({ Component: (await import('./events/types.tsx')).EventType }),
          },
          {
            path: 'events/stories/:story',
            lazy: async () => ({ Component: (await import('./events/story.tsx')).Story }),
          },
          {
            path: 'systems',
            lazy: async () => ({ Component: (await import('./systems/systems.tsx')).Systems }),
          },
          {
            path: 'systems/:system',
            lazy: async () => ({ Component: (await import('./systems/system.tsx')).SystemPage }),
          },
          {
            path: 'live',
            lazy: async () => ({ Component: (await import('./live/live.tsx')).Live }),
          },
          {
            path: 'chart',
            lazy: async () => ({ Component: (await import('./chart/chart.tsx')).Chart }),
          },
          { path: 'sign-in', loader: signInAnew },
          { path: '*', Component: NoSuchPage },
        ],
      },
    ],
  },
];

/** An address with a code, opened where somebody is signed in: the page begins anew with it. */
function signInAnew({ request }: { readonly request: Request }) {
  if (!new URL(request.url).searchParams.has('code')) return redirect('/');
  location.reload();
  return null;
}
