/** Builds the console and weighs what a browser loads before the first page shows: its JavaScript, gzipped. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { builtPage } from './page.ts';

const MOST_KB = 350;

const page = await builtPage();

/** The modules that a file loads at once; `import()` is for later. */
const loadedBy = (file: string, seen = new Set<string>()): Set<string> => {
  if (seen.has(file)) return seen;
  seen.add(file);
  const text = readFileSync(join(page.folder, 'assets', file), 'utf8');
  for (const [, other = ''] of text.matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g))
    loadedBy(other, seen);
  return seen;
};

const index = readFileSync(join(page.folder, 'index.html'), 'utf8');
const entries = [...index.matchAll(/\.\/assets\/([^"]+\.js)"/g)].map(([, name = '']) => name);
// The page of the address without a path, which is shown first.
const first = readdirSync(join(page.folder, 'assets')).filter((name) => /^machines-.*\.js$/.test(name));
const files = [...entries, ...first].reduce((seen, file) => loadedBy(file, seen), new Set<string>());
const bytes = [...files].reduce(
  (sum, file) => sum + gzipSync(readFileSync(join(page.folder, 'assets', file))).length,
  0,
);
process.stdout.write(
  `${(bytes / 1_000).toFixed(1)} kB gzip in ${files.size} files; the limit is ${MOST_KB} kB\n`,
);
process.exitCode = entries.length > 0 && first.length > 0 && bytes <= MOST_KB * 1_000 ? 0 : 1;
