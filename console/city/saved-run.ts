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

/** Questions about one execution, or about one saga, by the first word of their key; the third says which. */
const OF_A_RUN = new Set([
  ...['run', 'history', 'run-event', 'runs-of-saga', 'whole-history', 'last-good'],
  ...['saga', 'saga-history'],
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
  const isOwn = (name: string) =>
    name === run || (saga !== undefined && (name === saga || name.startsWith(`${saga}.`)));
  /** Of the same machine other people’s runs may have been looked at: they stay where they are. */
  const belongs = ([kind, place, name]: readonly unknown[]): boolean => {
    if (kind === 'machine') return place === machine;
    if (kind === 'trace') return place === trace;
    if (kind === 'hearers') return true;
    return OF_A_RUN.has(String(kind)) && isOwn(String(name));
  };
  const known = dehydrate(queries, {
    shouldDehydrateQuery: ({ queryKey, state }) => state.data !== undefined && belongs(queryKey),
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
<style>${withoutFonts(style).replaceAll(/<\/(style)/gi, '<\\/$1')}</style>
</head>
<body>
<div id="root"></div>
<script type="application/json" id="${DATA_ID}">${JSON.stringify(saved).replaceAll('<', '\\u003c')}</script>
<script type="module">${withoutTags(script)}</script>
</body>
</html>
`;

/** A megabyte of letters that every system has its own of. */
const withoutFonts = (style: string): string => style.replaceAll(/@font-face\s*\{[^}]*\}/g, '');

/**
 * The same program with no tag of a script in it. Neither may its end stand there, nor, behind a `<!--`, its beginning,
 * since then the end of the program would not count. An escaped letter is the same in a text, a pattern and a name.
 */
const withoutTags = (script: string): string =>
  script.replaceAll(
    /(<\/?)(s)(?=cript)/gi,
    (_tag, opening: string, letter: string) => `${opening}\\u00${letter === 's' ? '73' : '53'}`,
  );
