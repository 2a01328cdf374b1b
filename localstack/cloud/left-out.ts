/**
 * What no bundle of a Lambda holds, although packages bring it: parts that our handlers cannot reach. They are a third
 * of a function's bytes and of its load time; bench/README.md has the numbers. Tested on a real bundle, also that each
 * rule still meets its module.
 */
import { readFileSync } from 'node:fs';
import type { Loader, Plugin } from 'esbuild';

/** A module of a package, and what a bundle holds instead. */
export interface Rule {
  readonly name: string;
  /** Of its path, from node_modules on. */
  readonly module: RegExp;
  readonly instead: (text: string) => string;
}

/** What a module exports, by the names that its importers know; each once. */
const exportsOf = (text: string): ReadonlySet<string> =>
  new Set([
    ...[...text.matchAll(/^export (?:async )?(?:const|function|class) (\w+)/gm)].map(([, name = '']) => name),
    ...[...text.matchAll(/^export \{([^}]*)\}/gm)].flatMap(
      ([, list = '']) => list.match(/\w+(?=\s*(,|$))/g) ?? [],
    ),
  ]);

/** Whatever it exports says, when it is called or made, that it is not there. */
const refused = (text: string): string =>
  `const refused = (name) => function () {
    throw new Error(name + ' is left out of the bundles of Lambdas, by localstack/cloud/left-out.ts');
  };
  ${[...exportsOf(text)]
    .map((name) => `export const ${name} = /* @__PURE__ */ refused('${name}');`)
    .join('\n')}`;

/**
 * Errors of the SDK that stay classes: their fields are read through the schema, or the SDK goes by more than the name.
 * Any other keeps its name, status, message and fields, and is an instance of its service's base class; to import its
 * class is an error of the build.
 */
const KEPT_ERRORS = new Set(['TransactionCanceledException', 'ReplicatedWriteConflictException']);

/**
 * A client describes all of its operations and errors in one module, none of which a bundler dares to drop: 110 kB for
 * the one operation of SSM that we use. So the descriptions are marked as free of side effects, which they are, and
 * the errors are not registered.
 */
const onlyUsedSchemas = (text: string): string =>
  text
    .replaceAll(/^n0_registry\.registerError\(\S+ (\w+)\);$/gm, (line, name) =>
      KEPT_ERRORS.has(name) ? line : '',
    )
    .replace(
      /^import \{([^}]*)\} from "..\/models\/errors";$/m,
      (_, list: string) =>
        `import {${(list.match(/\w+/g) ?? []).filter((name) => KEPT_ERRORS.has(name)).join()}} from "../models/errors";`,
    )
    .replaceAll(/^((?:export )?var \S+) = (\[[\s\S]*?\]);$/gm, '$1 = /* @__PURE__ */ (() => $2)();');

const onlyKeptErrors = (text: string): string =>
  text.replaceAll(/^export class (\w+) [\s\S]*?^\}$/gm, (source, name) =>
    KEPT_ERRORS.has(name) ? source : '',
  );

export const RULES: readonly Rule[] = [
  {
    name: 'event streams, which no operation that we call has',
    module: /@smithy\/core\/dist-es\/submodules\/event-streams\/index\.js$/,
    instead: refused,
  },
  {
    name: 'signing of event streams: made with every signer',
    module: /@smithy\/signature-v4\/dist-es\/HeaderFormatter\.js$/,
    instead: () => 'export class HeaderFormatter {}',
  },
  {
    name: 'SHA-256 for a Node without crypto',
    module: /@smithy\/core\/dist-es\/submodules\/checksum\/sha256\/Sha256Js\.js$/,
    instead: refused,
  },
  {
    name: 'the retry mode "adaptive", an experiment of the SDK; the house has the standard one',
    module: /@smithy\/core\/dist-es\/submodules\/retry\/util-retry\/AdaptiveRetryStrategy\.js$/,
    instead: refused,
  },
  {
    name: 'the region by the metadata of an instance: a Lambda has it in the environment',
    module: /@smithy\/core\/dist-es\/.*\/getInstanceMetadataRegion\.js$/,
    instead: refused,
  },
  {
    name: 'the addresses of buckets',
    module: /@smithy\/core\/dist-es\/.*\/service-customizations\/s3\.js$/,
    instead: refused,
  },
  {
    name: 'credentials from elsewhere than the environment',
    module: /@aws-sdk\/credential-provider-node\/dist-es\/index\.js$/,
    instead: () => `export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';`,
  },
  {
    name: "files in a person's home, which are none of a function's business",
    module: /@smithy\/core\/dist-es\/.*\/loadSharedConfigFiles\.js$/,
    instead: () => `export { CONFIG_PREFIX_SEPARATOR } from './constants';
      export const loadSharedConfigFiles = async () => ({ configFile: {}, credentialsFile: {} });`,
  },
  {
    name: 'discovery of endpoints: off unless it is asked for, and needed by no operation of DynamoDB',
    module: /@aws-sdk\/middleware-endpoint-discovery\/dist-es\/index\.js$/,
    instead: () => `export { NODE_ENDPOINT_DISCOVERY_CONFIG_OPTIONS } from './configurations';
      export const resolveEndpointDiscoveryConfig = (config) => config;`,
  },
  {
    name: 'extensions of clients: ours take none, and without one this is all that happens',
    module: /@aws-sdk\/client-[^/]+\/dist-es\/runtimeExtensions\.js$/,
    instead: () => `import { getHttpHandlerExtensionConfiguration } from '@smithy/core/protocols';
      export const resolveRuntimeExtensions = (config) => {
        getHttpHandlerExtensionConfiguration(config);
        return config;
      };`,
  },
  {
    name: 'operations and errors that nobody uses',
    module: /@aws-sdk\/client-[^/]+\/dist-es\/schemas\/schemas_0\.js$/,
    instead: onlyUsedSchemas,
  },
  {
    name: 'classes of errors that nobody uses',
    module: /@aws-sdk\/client-[^/]+\/dist-es\/models\/errors\.js$/,
    instead: onlyKeptErrors,
  },
  {
    name: 'the manifest of a client, of which the version goes into a header',
    module: /@aws-sdk\/client-[^/]+\/package\.json$/,
    instead: (text) => JSON.stringify({ version: JSON.parse(text).version }),
  },
  {
    name: 'what regions are called',
    module: /@aws-sdk\/core\/dist-es\/.*\/aws\/partitions\.js$/,
    instead: (text) => text.replaceAll(/"description": "[^"]*"/g, ''),
  },
  {
    name: 'JSON Schema: written while building, not while running',
    module: /zod\/v4\/core\/(to-json-schema|json-schema-processors|json-schema-generator)\.js$/,
    instead: refused,
  },
  {
    name: "zod's English: the house has words of its own, in two languages",
    module: /zod\/v4\/locales\/en\.js$/,
    instead: () => 'export default () => ({});',
  },
  {
    name: 'what a door is for, in a sentence: the document of the interface tells it',
    module: /(?:^|\/)functions\/[^/]+\/contract(?:\.[a-z-]+)?\.ts$/,
    instead: (text) =>
      text.replaceAll(/\bsummary:\s*(?:'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*")/g, "summary: ''"),
  },
  {
    name: 'negotiation of what a door does not negotiate',
    module: /negotiator\/lib\/(charset|encoding|mediaType)\.js$/,
    instead: () => `module.exports = () => { throw new Error('only languages are negotiated'); };`,
  },
];

const loaderOf = (path: string): Loader => {
  if (path.endsWith('.json')) return 'json';
  return path.endsWith('.ts') ? 'ts' : 'js';
};

export const leaveOut: Plugin = {
  name: 'leave-out',
  setup: (bundler) => {
    for (const { module, instead } of RULES) {
      bundler.onLoad({ filter: module }, ({ path }) => ({
        contents: instead(readFileSync(path, 'utf8')),
        loader: loaderOf(path),
      }));
    }
  },
};
