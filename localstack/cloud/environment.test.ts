import { describe, expect, it } from 'vitest';
import { adoptLocalCloud, deployEnvironment, emulatorEnvironment } from './environment.ts';
import { cloudPaths } from './paths.ts';

const paths = cloudPaths('/tmp/city');

describe('the environment of what the local cloud starts', () => {
  it.each([
    ['emulator', emulatorEnvironment(paths, 4600)],
    ['deployment', deployEnvironment(paths, 4600)],
  ])('has nothing of the user in it: %s', (_, env) => {
    expect(env.HOME).toBe(paths.emptyHome);
    expect(Object.keys(env).filter((name) => /PROXY$/.test(name) && name !== 'NO_PROXY')).toEqual([]);
    expect(env.AWS_PROFILE).toBeUndefined();
    expect(env.AWS_ENDPOINT_URL).toBe('http://127.0.0.1:4600');
    expect(env.AWS_EC2_METADATA_DISABLED).toBe('true');
  });

  it("makes a process forget the user's AWS settings", () => {
    const env: NodeJS.ProcessEnv = {
      AWS_PROFILE: 'work',
      AWS_SESSION_TOKEN: 'x',
      AWS_ACCESS_KEY_ID: 'AKIA',
      PATH: '/bin',
    };
    adoptLocalCloud(paths, 4600, env);
    expect(env).toMatchObject({ PATH: '/bin', AWS_ACCESS_KEY_ID: 'test', AWS_REGION: 'ap-south-1' });
    expect(env.AWS_PROFILE).toBeUndefined();
    expect(env.AWS_SESSION_TOKEN).toBeUndefined();
    expect(env.AWS_SHARED_CREDENTIALS_FILE).toBe(paths.emptyFile);
  });

  it('lets only loopback addresses be endpoints', () => {
    const env = deployEnvironment(paths, 4600);
    const endpoints = Object.entries(env).filter(([name]) => name.startsWith('AWS_ENDPOINT_URL'));
    expect(endpoints.map(([, url]) => new URL(url).hostname)).toEqual(['127.0.0.1', '127.0.0.1']);
  });
});
