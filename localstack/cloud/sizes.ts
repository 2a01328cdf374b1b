import { readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { ROOT } from './paths.ts';

/** The size of one Lambda as AWS gets it. */
export interface LambdaSize {
  readonly name: string;
  /** Kilobytes, gzip; one decimal. */
  readonly gzip: number;
  /** How much of the bundle, before gzip, is the AWS SDK: per cent. */
  readonly sdkShare: number;
  /** Whether it has other clients than that of the table: of other systems, queues, machines. */
  readonly asks: boolean;
}

/** No bundle may be larger, what a cold start can bear: the house handler with a table, and with other clients besides. */
export const LIMIT_KB = 125;
export const LIMIT_ASKING_KB = 130;
/** A bundle may grow by so much before somebody has to say that it is meant: kilobytes. */
export const GROWTH_KB = 1;

const OTHER_CLIENTS = /shared\/http\/client\.ts$|@aws-sdk\/client-(?!dynamodb\/)/;

/** Measures the bundles of a build, by the metafile's account of what came from where. */
export const measure = ({ outputs }: Metafile, folder: string): readonly LambdaSize[] =>
  Object.entries(outputs)
    .map(([path, { bytes, inputs }]) => {
      const sdk = Object.entries(inputs)
        .filter(([input]) => /node_modules\/(@aws-sdk|@smithy)\//.test(input))
        .reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
      const [name = ''] = relative(folder, join(ROOT, path)).split('/');
      const gzip = gzipSync(readFileSync(join(ROOT, path)), { level: 9 }).length / 1000;
      const asks = Object.keys(inputs).some((input) => OTHER_CLIENTS.test(input));
      return { name, gzip: Math.round(gzip * 10) / 10, sdkShare: Math.round((100 * sdk) / bytes), asks };
    })
    .sort((one, other) => one.name.localeCompare(other.name));

const HEADER = `# Sizes of the Lambdas

What is deployed to AWS for each function, gzip; at most ${LIMIT_KB} kB, and ${LIMIT_ASKING_KB} where it has other clients than that of a table. Written by \`npm run check -- sizes --update\`, and
checked: a function that grows by more than ${GROWTH_KB} kB has to be written here again.

| Lambda | kB gzip | AWS SDK, % of the bundle |
|---|---:|---:|
`;

/** The committed table. */
export const table = (sizes: readonly LambdaSize[]): string =>
  HEADER +
  sizes.map(({ name, gzip, sdkShare }) => `| ${name} | ${gzip.toFixed(1)} | ${sdkShare} |\n`).join('');

/** The sizes that a table states, by name. */
export const readTable = (text: string): ReadonlyMap<string, number> =>
  new Map(
    [...text.matchAll(/^\| (\S+) \| ([\d.]+) \|/gm)].map(([, name = '', gzip]) => [name, Number(gzip)]),
  );

const limitOf = ({ asks }: LambdaSize): number => (asks ? LIMIT_ASKING_KB : LIMIT_KB);

/** What is wrong with the sizes, a sentence each. */
export const objections = (
  sizes: readonly LambdaSize[],
  committed: ReadonlyMap<string, number>,
): readonly string[] => {
  const names = new Set(sizes.map(({ name }) => name));
  return [
    ...sizes
      .filter((size) => size.gzip > limitOf(size))
      .map((size) => `${size.name} has ${size.gzip} kB; the limit is ${limitOf(size)} kB.`),
    ...sizes.flatMap(({ name, gzip }) => {
      const before = committed.get(name);
      if (before === undefined) return [`${name} is not in the table.`];
      return gzip > before + GROWTH_KB ? [`${name} grew from ${before} to ${gzip} kB.`] : [];
    }),
    ...[...committed.keys()]
      .filter((name) => !names.has(name))
      .map((name) => `${name} is in the table, but gone.`),
  ];
};
