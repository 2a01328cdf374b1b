import { describe, expect, it, vi } from 'vitest';
import { deployedSystems } from './systems.ts';

const SYSTEM = {
  functions: [],
  queues: [],
  machines: ['paytm-saga-payment'],
  alarms: [],
  events: { out: [], in: [] },
};

/** SSM with some parameters, which counts how often it was asked. */
const ssmWith = (parameters: Record<string, string>) => {
  const asked: string[] = [];
  const send = async ({ input }: { input: { Name: string } }) => {
    asked.push(input.Name);
    const Value = parameters[input.Name];
    if (Value === undefined) throw Object.assign(new Error('none'), { name: 'ParameterNotFound' });
    return { Parameter: { Value } };
  };
  return { asked, parameters, ssm: { send } as unknown as Parameters<typeof deployedSystems>[0] };
};

describe('the systems of the city', () => {
  it('are those that are deployed; one that comes later shows after ten seconds', async () => {
    let now = 0;
    const { ssm, parameters, asked } = ssmWith({ '/dabbawala/city/paytm-saga': JSON.stringify(SYSTEM) });
    const { systems } = deployedSystems(ssm, ['identity', 'paytm-saga'], () => now);
    expect(await systems()).toEqual([{ ...SYSTEM, name: 'paytm-saga' }]);
    parameters['/dabbawala/city/identity'] = JSON.stringify({ ...SYSTEM, machines: [] });
    now = 9_999;
    expect((await systems()).map(({ name }) => name)).toEqual(['paytm-saga']);
    expect(asked).toHaveLength(2);
    now = 10_000;
    expect((await systems()).map(({ name }) => name)).toEqual(['identity', 'paytm-saga']);
  });

  it('answer where SSM says, on the endpoint of this cloud where that is a path; or nowhere', async () => {
    vi.stubEnv('AWS_ENDPOINT_URL', 'http://127.0.0.1:4566');
    const { ssm } = ssmWith({
      '/dabbawala/identity/url': '/restapis/identity/live',
      '/dabbawala/console/url': 'https://console.example/live',
    });
    const { addresses } = deployedSystems(ssm, ['console', 'identity', 'mute'], () => 0);
    expect([...(await addresses())]).toEqual([
      ['console', 'https://console.example/live'],
      ['identity', 'http://127.0.0.1:4566/restapis/identity/live'],
    ]);
    vi.unstubAllEnvs();
  });

  it('are not empty because SSM could not be asked', async () => {
    const send = () => Promise.reject(Object.assign(new Error('slow down'), { name: 'ThrottlingException' }));
    const { systems } = deployedSystems({ send } as never, ['identity'], () => 0);
    await expect(systems()).rejects.toThrow('slow down');
  });
});
