/** A run in one file: all that its page knows, with the page itself, for where there is no city and no network. */
import { type DehydratedState, dehydrate, type QueryClient } from '@tanstack/react-query';

/** Where the file has what the page knows. */
export const DATA_ID = 'saved-run';

export interface SavedRun {
  readonly machine: string;
  readonly run: string;
  /** ISO 8601. */
  readonly savedAt: string;
  readonly known: DehydratedState;
}

/** Questions whose answers belong to a run, by the first word of their key. */
const OF_A_RUN = new Set([
  ...['run', 'machine', 'history', 'run-event', 'runs-of-saga', 'whole-history', 'last-good'],
  ...['saga', 'saga-history', 'trace'],
]);

/**
 * What is known of a run and its saga. Payloads and logs are as the doors told them: tokens and people are masked there,
 * and the session’s own secret is no answer of any door.
 */
export const knownOf = (
  queries: QueryClient,
  {
    machine,
    run,
    saga,
    trace,
  }: { machine: string; run: string; saga?: string | undefined; trace?: string | undefined },
): SavedRun => {
  const own = new Set([machine, run, saga, trace].filter((name) => name !== undefined));
  const known = dehydrate(queries, {
    shouldDehydrateQuery: ({ queryKey: [kind, ...names], state }) =>
      state.data !== undefined && OF_A_RUN.has(String(kind)) && names.some((name) => own.has(String(name))),
    shouldDehydrateMutation: () => false,
  });
  return { machine, run, savedAt: new Date().toISOString(), known };
};

/** The file: viewer, style and what is known, in one page that asks nobody for anything. */
export const fileOf = (saved: SavedRun, { script, style }: { script: string; style: string }): string =>
  `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'; img-src data:; font-src data:">
<title>${saved.run.replaceAll(/[^\w.-]/g, '')}</title>
<style>${withoutFonts(style).replaceAll('</style', '<\\/style')}</style>
</head>
<body>
<div id="root"></div>
<script type="application/json" id="${DATA_ID}">${JSON.stringify(saved).replaceAll('<', '\\u003c')}</script>
<script type="module">${script.replaceAll('</script', '<\\/script')}</script>
</body>
</html>
`;

/** A megabyte of letters that every system has its own of. */
const withoutFonts = (style: string): string => style.replaceAll(/@font-face\s*\{[^}]*\}/g, '');
