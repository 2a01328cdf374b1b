import { readFile } from 'node:fs/promises';
import type { Metafile } from 'esbuild';

/**
 * The environment variables that a bundle reads: every `env('NAME')` in a source file of which something is left
 * after tree shaking. What Lambda itself sets (`AWS_…`) is not counted.
 */
export const environmentReadBy = async (metafile: Metafile, bundle: string): Promise<string[]> => {
  const sources = Object.entries(outputOf(metafile, bundle).inputs)
    // Packages and the build's virtual modules (`unused:…`) read nothing of ours.
    .filter(([path, { bytesInOutput }]) => bytesInOutput > 0 && /^(functions|shared)\//.test(path))
    .map(([path]) => readFile(path, 'utf8'));
  const names = (await Promise.all(sources)).flatMap((source) =>
    [...withoutComments(source).matchAll(/\benv\('((?!AWS_)[A-Z0-9_]+)'\)/g)].flatMap(
      ([, name]) => name ?? [],
    ),
  );
  return [...new Set(names)];
};

/** What stacks of a local city set beside that, and stacks for AWS never do: by which this city can be tried on a laptop. */
export const localVariablesOf = (functionName: string): string[] =>
  /^paytm-saga-(start-payment|call-back)$/.test(functionName)
    ? ['FAULTS_TABLE', 'LOOPBACK_CALLBACKS']
    : ['FAULTS_TABLE'];

/** What stacks for AWS set beside that, and stacks of a local city never do: which page a door answers in a browser. */
export const awsVariablesOf = (metafile: Metafile, bundle: string): string[] =>
  (outputOf(metafile, bundle).inputs['shared/lambda/cross-origin.ts']?.bytesInOutput ?? 0) > 0
    ? ['CONSOLE_ORIGIN']
    : [];

/** The commands of the SDK that are left in a bundle, as `client-sqs/SendMessage`. */
export const commandsIn = (metafile: Metafile, bundle: string): string[] => {
  const inputs = Object.entries(outputOf(metafile, bundle).inputs);
  return inputs.flatMap(([path, { bytesInOutput }]) => {
    const [, client, command] =
      /@aws-sdk\/([^/]+)\/dist-es\/commands\/(?:\w+\/)?(\w+)Command\.js$/.exec(path) ?? [];
    return client && command && bytesInOutput > 0 ? [`${client}/${command}`] : [];
  });
};

const outputOf = (metafile: Metafile, bundle: string) => {
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${bundle}/index.js`));
  if (!output) throw new Error(`the build has no bundle ${bundle}`);
  return output[1];
};

/** Examples in docstrings read nothing. */
const withoutComments = (source: string): string => source.replaceAll(/\/\*[\s\S]*?\*\//g, '');
