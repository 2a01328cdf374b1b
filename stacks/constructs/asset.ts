import type { Target } from './target.ts';

/** Where the build (`localstack/cloud/build.ts`) puts the code of a Lambda, and which export runs. */
export const assetOf = ({ system, file, target }: { system: string; file: string; target: Target }) =>
  target === 'local'
    ? // One asset a system: the emulator's custom runtime starts our own bootstrap with it.
      { folder: `.cloud/build/local/${system}`, handler: `${file}.handler` }
    : { folder: `.cloud/build/aws/${system}-${file}`, handler: 'index.handler' };
