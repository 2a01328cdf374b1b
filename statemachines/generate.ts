/**
 * Writes `<name>.asl.json` beside each `<name>.machine.ts`, for Workflow Studio and for readers who know ASL.
 * `--check` writes nothing and exits 1 when a file is out of date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import type { Machine } from './asl.ts';
import { payment } from './paytm-saga/payment.machine.ts';

/** Every machine of the city, by the path of its JSON in this folder. */
export const machines: { readonly [path: string]: Machine } = {
  'paytm-saga/payment.asl.json': payment,
};

export const rendered = (definition: Machine): string => `${JSON.stringify(definition, null, 2)}\n`;

export const committed = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');

if (import.meta.main) {
  const checkOnly = process.argv.includes('--check');
  for (const [path, definition] of Object.entries(machines)) {
    const wanted = rendered(definition);
    if (!checkOnly) {
      await writeFile(new URL(path, import.meta.url), wanted);
    } else if ((await committed(path).catch(() => '')) !== wanted) {
      console.error(`statemachines/${path} is out of date: npm run generate`);
      process.exitCode = 1;
    }
  }
}
