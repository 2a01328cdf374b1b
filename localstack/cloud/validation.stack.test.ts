import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { App, Stack } from 'aws-cdk-lib/core';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { city } from '../../stacks/city.ts';

/**
 * What the CDK knows of CloudFormation's resources. It asks at every synthesis and takes three quarters of its time for
 * that, so we leave it out of starts and of the other tests, and ask here.
 */
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'dabba-validated-'));
  vi.stubEnv('CDK_VALIDATION', 'true');
});
afterAll(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true });
});

const findingsIn = (name: string, target: string, fill: (app: App) => void): readonly unknown[] => {
  const app = new App({ outdir: join(folder, name), context: { target } });
  fill(app);
  app.synth();
  // Without validation there is no such file; a plugin that found nothing is not in it.
  const report = JSON.parse(readFileSync(join(folder, name, 'validation-report.json'), 'utf8')) as {
    pluginReports: readonly { violations: readonly unknown[] }[];
  };
  return report.pluginReports.flatMap(({ violations }) => violations);
};

it.each(['local', 'aws'])('the CDK finds nothing wrong with the templates for %s', (target) => {
  expect(findingsIn(target, target, city)).toEqual([]);
});

it('would find a property that there is not', () => {
  const wrong = (app: App) =>
    new CfnQueue(new Stack(app, 'wrong'), 'Queue').addPropertyOverride('Colour', 'red');
  expect(findingsIn('wrong', 'aws', wrong)).not.toEqual([]);
});
