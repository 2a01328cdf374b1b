import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { shellLines } from './env.ts';

const inShell = (lines: readonly string[], question: string): string =>
  execFileSync('/bin/sh', ['-c', `${lines.join('\n')}\n${question}`], {
    encoding: 'utf8',
    env: { PATH: '/usr/bin:/bin', AWS_PROFILE: 'work' },
  }).trim();

describe('dabba env', () => {
  it("sets the variables and removes the user's profile", () => {
    const lines = shellLines({ AWS_REGION: 'ap-south-1' }, '/city/bin', 'sh');
    expect(inShell(lines, `echo "$AWS_REGION [\${AWS_PROFILE-unset}]"`)).toBe('ap-south-1 [unset]');
  });

  it('survives folders with spaces and quotes', () => {
    const lines = shellLines({ AWS_CONFIG_FILE: `/asha's city/none` }, `/asha's city/bin`, 'sh');
    expect(inShell(lines, 'echo "$AWS_CONFIG_FILE"')).toBe(`/asha's city/none`);
    expect(inShell(lines, 'echo "$PATH"')).toMatch(/^\/asha's city\/bin:/);
  });

  it('puts its folder on PATH once, however often it is evaluated', () => {
    const lines = shellLines({}, '/city/bin', 'sh');
    expect(inShell([...lines, ...lines], 'echo "$PATH"')).toBe('/city/bin:/usr/bin:/bin');
  });

  it('speaks fish', () => {
    expect(shellLines({ AWS_REGION: 'ap-south-1' }, '/city/bin', 'fish')).toEqual(
      expect.arrayContaining(['set -e AWS_PROFILE;', "set -gx AWS_REGION 'ap-south-1';"]),
    );
  });
});
