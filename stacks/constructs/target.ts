import type { Node } from 'constructs';

/** Where a template goes: packaging, removal policy and synthesizer differ, nothing else does. */
export type Target = 'local' | 'aws';

/**
 * The context value `target`, else `local` when AWS_ENDPOINT_URL is set (as it is for `cdklocal`), else `aws`.
 * @throws {Error} the two contradict each other: AWS templates must not go to an emulator, nor the reverse
 */
export const targetOf = (node: Node, endpoint = process.env.AWS_ENDPOINT_URL): Target => {
  const asked: unknown = node.tryGetContext('target');
  if (asked === undefined) return endpoint ? 'local' : 'aws';
  if (asked !== 'local' && asked !== 'aws') {
    throw new Error(`context value target is ${JSON.stringify(asked)}; expected "local" or "aws"`);
  }
  if (asked === 'aws' && endpoint) {
    throw new Error(`context value target is "aws", but AWS_ENDPOINT_URL is set to ${endpoint}`);
  }
  return asked;
};

/**
 * Whether faults can be armed: the context value `faults`, else in a local city alone.
 * @throws {Error} asked for on AWS: nobody's payment fails on command
 */
export const faultsOf = (node: Node, target: Target): boolean => {
  const asked: unknown = node.tryGetContext('faults');
  if (asked === undefined) return target === 'local';
  if (String(asked) === 'false') return false;
  if (String(asked) !== 'true') {
    throw new Error(`context value faults is ${JSON.stringify(asked)}; expected "true" or "false"`);
  }
  if (target === 'aws') throw new Error('context value faults is "true", which the target "aws" refuses');
  return true;
};
