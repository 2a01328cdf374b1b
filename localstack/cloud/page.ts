/** The console's page: built when its sources have changed, and put into its bucket of the local cloud. */
import { existsSync, globSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';
import { run } from './child.ts';
import type { CityFile } from './city.ts';
import { toolEnvironment } from './environment.ts';
import { hashOf, importedBy } from './made-of.ts';
import { type CloudPaths, cloudPaths, ROOT, SHARED_PATHS } from './paths.ts';

/** What makes a page beside what its entries import. */
const BESIDE = ['console/*.{ts,css,html,json}', 'package-lock.json'];
const ENTRIES = ['console/main.tsx', 'console/file.tsx'];

/** What the page is made of: another line in one of these may be another page. */
export const pageSources = async (): Promise<readonly string[]> =>
  [...new Set([...globSync(BESIDE, { cwd: ROOT }), ...(await importedBy(...ENTRIES))])].toSorted();

export interface BuiltPage {
  readonly folder: string;
  /** Names the sources that it was made of. */
  readonly digest: string;
}

/** The page of the sources as they are, if it was built before. */
export const pageBuiltBefore = async (): Promise<{ readonly page: BuiltPage; readonly exists: boolean }> => {
  // The first digits are enough to tell builds apart.
  const digest = hashOf(await pageSources()).slice(0, 16);
  const folder = join(SHARED_PATHS.build, `console-${digest}`);
  return { page: { folder, digest }, exists: existsSync(folder) };
};

/**
 * Builds it, beside and then in place, so that two starts at once do not meet half of it; what was built of other
 * sources goes.
 * @throws {CloudProblem} the build failed
 */
export const buildPage = async (
  { folder, digest }: BuiltPage,
  options: { readonly paths: CloudPaths; readonly verbose: boolean; readonly signal: AbortSignal },
): Promise<void> => {
  mkdirSync(SHARED_PATHS.build, { recursive: true });
  const fresh = `${folder}.${process.pid}`;
  // The page, and the viewer that goes into a run saved as one file.
  for (const config of ['vite.config.ts', 'vite.file.config.ts']) {
    await run({
      ...{ verbose: options.verbose, signal: options.signal },
      command: process.execPath,
      args: [
        join(ROOT, 'node_modules/vite/bin/vite.js'),
        ...['build', 'console', '--config', join('console', config), '--outDir', fresh],
      ],
      cwd: ROOT,
      env: toolEnvironment(options.paths),
      log: join(options.paths.logs, `console-build-${config}.log`),
      what: `The build of the console (${config})`,
    });
  }
  if (existsSync(folder)) rmSync(fresh, { recursive: true });
  else renameSync(fresh, folder);
  removeOthers(digest);
};

const removeOthers = (digest: string): void => {
  for (const name of readdirSync(SHARED_PATHS.build)) {
    const other = /^console-([0-9a-f]{16})$/.exec(name)?.[1];
    if (other !== undefined && other !== digest) rmSync(join(SHARED_PATHS.build, name), { recursive: true });
  }
};

/**
 * The page of the sources as they are, built unless it was before, and no other beside it: stacks take the one that is
 * there.
 * @throws {CloudProblem} the build failed
 */
export const builtPage = async (paths = cloudPaths()): Promise<BuiltPage> => {
  const { page, exists } = await pageBuiltBefore();
  // The build gets an environment of its own, and these folders are in it.
  for (const folder of [paths.logs, paths.tmp, paths.emptyHome]) mkdirSync(folder, { recursive: true });
  if (exists) removeOthers(page.digest);
  else await buildPage(page, { paths, verbose: false, signal: new AbortController().signal });
  return page;
};

/** The output of the platform's stack that names the page's bucket. */
const BUCKET = 'ConsoleBucket';
/** What is in the bucket says this object: the page's digest, and the addresses that it was given. */
const RECORD = 'published.txt';
const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * Puts a page into its bucket with the addresses of the city, unless it is there already. The first page that a reader
 * gets comes last, when all that it asks for is there.
 * @returns whether anything was put there
 */
export const publishPage = async ({ folder, digest }: BuiltPage, city: CityFile): Promise<boolean> => {
  const bucket = bucketOf(city);
  if (bucket === undefined) return false;
  const { GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } = await import('@aws-sdk/client-s3');
  const client = new S3Client({
    ...{ endpoint: city.endpoint, region: city.region, forcePathStyle: true },
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const put = (Key: string, Body: string | Uint8Array, CacheControl = 'no-cache') =>
    client.send(new PutObjectCommand({ Bucket: bucket, Key, Body, CacheControl, ContentType: typeOf(Key) }));
  const config = JSON.stringify(pageConfig(city));
  const record = `${digest} ${config}`;
  try {
    const there = await client
      .send(new GetObjectCommand({ Bucket: bucket, Key: RECORD }))
      .then(({ Body }) => Body?.transformToString())
      .catch((thrown: unknown) => {
        if (thrown instanceof NoSuchKey) return undefined;
        throw thrown;
      });
    if (there === record) return false;
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    );
    const keys = files.map(({ parentPath, name }) => posixPath(folder, join(parentPath, name)));
    for (const key of keys.filter((key) => key !== INDEX)) {
      await put(key, readFileSync(join(folder, key)), key.startsWith('assets/') ? FOR_EVER : undefined);
    }
    await put('city.json', config);
    await put(INDEX, readFileSync(join(folder, INDEX)));
    await put(RECORD, record);
    return true;
  } finally {
    client.destroy();
  }
};

const INDEX = 'index.html';

const posixPath = (folder: string, file: string): string => relative(folder, file).split(sep).join('/');

const bucketOf = ({ systems }: CityFile): string | undefined => systems.platform?.outputs[BUCKET];

/** Paths of the page's own origin, since the page and the doors are behind one port, whichever that is. */
const pageConfig = ({ endpoint, urls }: CityFile) => ({
  urls: Object.fromEntries(
    Object.entries(urls).map(([system, url]) => [
      system,
      url.startsWith(endpoint) ? url.slice(endpoint.length) : url,
    ]),
  ),
  faults: true,
});

const TYPES: { readonly [ending: string]: string } = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const typeOf = (key: string): string => TYPES[extname(key)] ?? 'application/octet-stream';

/** Where the console of a city is, if it has one. */
export const pageAddress = (city: CityFile): string | undefined => {
  const bucket = bucketOf(city);
  return bucket === undefined ? undefined : `${city.endpoint}/${bucket}/${INDEX}`;
};
