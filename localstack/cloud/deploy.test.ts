import { describe, expect, it } from 'vitest';
import type { DeployedStack } from './cloudformation.ts';
import { planDeployment } from './deploy.ts';
import type { SynthesizedStack, Template } from './synthesis.ts';

const table = (key: string, index?: string): Template => ({
  Resources: {
    Wallets: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        KeySchema: [{ AttributeName: key, KeyType: 'HASH' }],
        ...(index
          ? {
              GlobalSecondaryIndexes: [
                { IndexName: 'byDay', KeySchema: [{ AttributeName: index, KeyType: 'HASH' }] },
              ],
            }
          : {}),
      },
    },
  },
});
const wanted = (template: Template, name = 'bank'): SynthesizedStack => ({ name, after: [], template });
const found = (status: string, name = 'bank'): DeployedStack => ({
  name,
  status,
  reason: undefined,
  outputs: {},
});
const plan = (stack: SynthesizedStack, deployed: readonly DeployedStack[], template: Template = {}) =>
  planDeployment([stack], deployed, async () => template);

describe('the plan of a deployment', () => {
  it('deploys what is not there', async () => {
    expect(await plan(wanted(table('pk')), [])).toEqual({ deploy: ['bank'], remove: [], unchanged: [] });
  });

  it('leaves alone what was deployed from the same template', async () => {
    const same = await plan(wanted(table('pk')), [found('CREATE_COMPLETE')], table('pk'));
    expect(same).toEqual({ deploy: [], remove: [], unchanged: ['bank'] });
  });

  it('deploys what has another template, and an asset is part of it by its hash', async () => {
    const code = (hash: string): Template => ({
      Resources: { Pay: { Type: 'AWS::Lambda::Function', Properties: { Code: { S3Key: `${hash}.zip` } } } },
    });
    const changed = await plan(wanted(code('new')), [found('UPDATE_COMPLETE')], code('old'));
    expect(changed.deploy).toEqual(['bank']);
  });

  it.each([
    'ROLLBACK_COMPLETE',
    'ROLLBACK_FAILED',
    'CREATE_FAILED',
    'REVIEW_IN_PROGRESS',
    'CREATE_IN_PROGRESS',
  ])('deletes a stack in %s before it tries again', async (status) => {
    expect(await plan(wanted(table('pk')), [found(status)])).toEqual({
      deploy: ['bank'],
      remove: [{ name: 'bank', status }],
      unchanged: [],
    });
  });

  it('takes up a stack whose update was rolled back where it is', async () => {
    const changed = await plan(wanted(table('pk', 'day')), [found('UPDATE_ROLLBACK_COMPLETE')], table('pk'));
    expect(changed).toEqual({ deploy: ['bank'], remove: [], unchanged: [] });
  });

  it('refuses a stack whose update was cut off, and says what to do', async () => {
    await expect(plan(wanted(table('pk')), [found('UPDATE_IN_PROGRESS')])).rejects.toMatchObject({
      name: 'CloudProblem',
      remedies: [expect.stringContaining('npm run reset')],
    });
  });

  it('refuses data of an older table layout by name, and says what to do', async () => {
    await expect(plan(wanted(table('id')), [found('CREATE_COMPLETE')], table('pk'))).rejects.toMatchObject({
      message: expect.stringMatching(/bank.*older table layout.*Wallets/),
      remedies: [expect.stringContaining('npm run reset')],
    });
  });

  it('refuses an index whose keys have changed under its name', async () => {
    const other = plan(wanted(table('pk', 'month')), [found('CREATE_COMPLETE')], table('pk', 'day'));
    await expect(other).rejects.toThrow(/older table layout/);
  });
});
