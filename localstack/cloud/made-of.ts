/** What something was made of: by that a build or a synthesis knows whether it would make the same again. */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { ROOT } from './paths.ts';

/**
 * One hash over files, by their names and contents, and over whatever else makes a difference.
 * @param files relative to the project; one that is missing counts as such
 */
export const hashOf = (files: readonly string[], also = ''): string => {
  const hash = createHash('sha256').update(also);
  for (const file of files) {
    const path = resolve(ROOT, file);
    hash.update(`\n${file}\n`).update(existsSync(path) ? readFileSync(path) : 'missing');
  }
  return hash.digest('hex');
};

/** Our own files that are imported from some of them, whether anything of them is used or not, and these themselves. */
export const importedBy = async (...entryPoints: string[]): Promise<readonly string[]> => {
  const { metafile } = await build({
    ...{ absWorkingDir: ROOT, entryPoints, outdir: ROOT },
    ...{ bundle: true, write: false, metafile: true, logLevel: 'silent' },
    ...{ packages: 'external', platform: 'node', format: 'esm' },
  });
  return Object.keys(metafile.inputs).toSorted();
};
