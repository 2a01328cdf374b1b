import { describe, expect, it } from 'vitest';
import {
  checkDisk,
  checkFolder,
  checkKeys,
  checkNode,
  checkPort,
  checkProxies,
  checkPython,
  checkRegistry,
  checkScripts,
  diagnose,
  type Probes,
} from './doctor.ts';

/** A machine on which everything is well. */
const machine: Probes = {
  nodeVersion: () => '20.20.2',
  pythons: () => [{ path: '/usr/bin/python3', version: '3.12.1', ensurepip: true }],
  pingRegistry: async () => undefined,
  npmSetting: async () => 'false',
  environment: () => ({ PATH: '/usr/bin' }),
  keyFiles: () => [],
  folder: () => '/home/asha/dabbawala',
  canExecute: async () => true,
  freeBytes: () => 50e9,
  port: async () => undefined,
};

describe('dabba doctor', () => {
  it('finds nothing on a machine where everything is well', async () => {
    const findings = await diagnose(machine);
    expect(findings.map(({ verdict }) => verdict)).toEqual(Array(9).fill('ok'));
  });

  it('finds a Node that is too old', () => {
    const finding = checkNode({ nodeVersion: () => '18.19.1' });
    expect(finding.verdict).toBe('problem');
    expect(finding.remedies?.join()).toContain('20');
  });

  it('finds that no Python from 3.10 to 3.13 is there, by any name', () => {
    const old = { path: '/usr/bin/python3', version: '3.9.6', ensurepip: true };
    expect(checkPython({ pythons: () => [old] })).toMatchObject({
      verdict: 'problem',
      says: expect.stringMatching(/3\.10 to 3\.13/),
    });
  });

  it('finds a Python whose venv has no ensurepip, and names the package', () => {
    const bare = { path: '/usr/bin/python3', version: '3.11.2', ensurepip: false };
    expect(checkPython({ pythons: () => [bare] }).remedies?.join()).toContain('python3-venv');
  });

  it('finds a registry that is out of reach, with the reason', async () => {
    const finding = await checkRegistry({ pingRegistry: async () => 'ENOTFOUND' });
    expect(finding).toMatchObject({ verdict: 'problem', says: expect.stringMatching(/ENOTFOUND/) });
  });

  it('notes ignore-scripts as harmless, since no package needs a script', async () => {
    expect(await checkScripts({ npmSetting: async () => 'true' })).toMatchObject({
      verdict: 'note',
      says: expect.stringMatching(/fine/),
    });
  });

  it.each(['HTTP_PROXY', 'https_proxy', 'ALL_PROXY'])(
    'notes the proxy %s and that the cloud goes round it',
    (name) => {
      const finding = checkProxies({ environment: () => ({ [name]: 'http://proxy:3128' }) });
      expect(finding).toMatchObject({ verdict: 'note', says: expect.stringMatching(new RegExp(name)) });
    },
  );

  it('does not show the password in the address of a proxy', () => {
    const finding = checkProxies({ environment: () => ({ HTTPS_PROXY: 'http://asha:geheim@proxy' }) });
    expect(JSON.stringify(finding)).not.toContain('geheim');
  });

  it('notes AWS_PROFILE, keys in the environment and files with keys, without their values', () => {
    const finding = checkKeys({
      environment: () => ({ AWS_PROFILE: 'work', AWS_SECRET_ACCESS_KEY: 'geheim' }),
      keyFiles: () => ['/home/asha/.aws/credentials'],
    });
    expect(finding).toMatchObject({
      verdict: 'note',
      says: expect.stringMatching(/AWS_PROFILE, AWS_SECRET_ACCESS_KEY, \S+credentials/),
    });
    expect(finding.says).not.toContain('geheim');
  });

  it('finds a folder where nothing can be executed', async () => {
    const finding = await checkFolder({ folder: () => '/media/usb', canExecute: async () => false });
    expect(finding).toMatchObject({ verdict: 'problem', says: expect.stringMatching(/noexec/) });
  });

  it('has nothing against a folder with spaces', async () => {
    const finding = await checkFolder({ folder: () => '/home/asha/my city', canExecute: async () => true });
    expect(finding.verdict).toBe('ok');
  });

  it('finds a port that somebody else has, says who, and offers another', async () => {
    const finding = await checkPort({
      port: async () => ({ port: 4566, ours: false, by: 'process 7: localstack' }),
    });
    expect(finding).toMatchObject({
      verdict: 'problem',
      says: expect.stringMatching(/process 7: localstack/),
    });
    expect(finding.remedies?.join()).toContain('--port 4567');
  });

  it('has nothing against a port that this very cloud has', async () => {
    expect((await checkPort({ port: async () => ({ port: 4566, ours: true }) })).verdict).toBe('ok');
  });

  it('finds a disk that is nearly full', () => {
    expect(checkDisk({ freeBytes: () => 0.2e9 }).verdict).toBe('problem');
  });
});
