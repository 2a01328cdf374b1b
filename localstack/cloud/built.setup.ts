/** Once for all tests of templates: those name the folders of the build, and the build knows what each bundle reads. */

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { bundleAws, bundleLocal } from './bundle.ts';
import { listLambdas } from './lambdas.ts';
import { builtPage } from './page.ts';

export const setup = async (project: TestProject): Promise<() => void> => {
  const lambdas = listLambdas();
  await builtPage();
  const [local, aws] = [await bundleLocal(lambdas), await bundleAws(lambdas)];
  project.provide('metafiles', { local: local.metafile, aws: aws.metafile });
  // Every app that is made without a folder makes one there, and leaves it.
  const folder = mkdtempSync(join(tmpdir(), 'templates-'));
  process.env.TMPDIR = folder;
  return () => rmSync(folder, { recursive: true });
};

declare module 'vitest' {
  interface ProvidedContext {
    /** What of which file is in each bundle. */
    readonly metafiles: { readonly [target in 'local' | 'aws']: import('esbuild').Metafile };
  }
}
