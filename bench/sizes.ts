/**
 * Writes `sizes.md`: how large each Lambda is, gzip, with the SDK's share apart. `--check` writes nothing and fails
 * when a function is missing there, is gone, or has grown by more than a twentieth.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { bundleAws } from '../localstack/cloud/bundle.ts';
import { listLambdas } from '../localstack/cloud/lambdas.ts';

export interface Size {
  readonly name: string;
  /** Kilobytes (1000 bytes) of the whole bundle, gzip. */
  readonly gzip: number;
  /** The part of it that is the AWS SDK's, by its part of the minified bytes. */
  readonly sdk: number;
}

/** Nothing may be larger than this. */
export const BUDGET_KB = 125;
const MAY_GROW = 1.05;

const TABLE = new URL('sizes.md', import.meta.url);
const IS_SDK = /node_modules\/@(aws-sdk|smithy|aws-crypto)\//;

const kilobytes = (bytes: number): number => Math.round(bytes / 100) / 10;

/** Measures every bundle of a build. */
export const sizesOf = ({ outputs }: Metafile, read: (path: string) => Buffer): Size[] =>
  Object.entries(outputs)
    .map(([path, { inputs, bytes }]) => {
      const gzip = gzipSync(read(path), { level: 9 }).length;
      const sdk = Object.entries(inputs).reduce(
        (sum, [input, { bytesInOutput }]) => (IS_SDK.test(input) ? sum + bytesInOutput : sum),
        0,
      );
      return {
        name: path.split('/').at(-2) ?? path,
        gzip: kilobytes(gzip),
        sdk: kilobytes((gzip * sdk) / bytes),
      };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));

const HEAD = `# Sizes

Each Lambda as it goes to AWS: minified, gzip, in kilobytes of 1000 bytes; the AWS SDK's share apart. Written by
\`npm run sizes\`, checked for growth by \`npm run check\`. The budget is ${BUDGET_KB} kB.

| Function | gzip kB | of it SDK kB |
|---|---:|---:|
`;

export const tableOf = (sizes: readonly Size[]): string =>
  `${HEAD}${sizes.map(({ name, gzip, sdk }) => `| ${name} | ${gzip.toFixed(1)} | ${sdk.toFixed(1)} |\n`).join('')}`;

const known = (table: string): Map<string, number> =>
  new Map(
    [...table.matchAll(/^\| ([a-z0-9-]+) \| ([0-9.]+) \|/gm)].map(([, name = '', gzip]) => [
      name,
      Number(gzip),
    ]),
  );

/** What is wrong with sizes beside the committed table; nothing when all is well. */
export const complaints = (sizes: readonly Size[], table: string): string[] => {
  const before = known(table);
  const gone = [...before.keys()].filter((name) => !sizes.some((size) => size.name === name));
  return [
    ...gone.map((name) => `${name} is in the table, but no such function is built`),
    ...sizes.flatMap(({ name, gzip }) => {
      const was = before.get(name);
      if (was === undefined) return [`${name} is not in the table`];
      if (gzip > BUDGET_KB) return [`${name} has ${gzip} kB, more than the budget of ${BUDGET_KB} kB`];
      return gzip > was * MAY_GROW ? [`${name} has grown from ${was} to ${gzip} kB`] : [];
    }),
  ];
};

if (import.meta.main) {
  const { metafile } = await bundleAws(listLambdas());
  const sizes = sizesOf(metafile, (path) => readFileSync(path));
  if (process.argv.includes('--check')) {
    const wrong = complaints(sizes, readFileSync(TABLE, 'utf8'));
    for (const line of wrong) console.error(`bench/sizes.md: ${line}; npm run sizes writes it anew`);
    process.exitCode = wrong.length ? 1 : 0;
  } else {
    writeFileSync(TABLE, tableOf(sizes));
  }
}
