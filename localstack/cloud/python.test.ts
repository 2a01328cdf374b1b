import { describe, expect, it } from 'vitest';
import { CloudProblem } from './problem.ts';
import { choosePython, findPythons, PYTHON_NAMES, type Python } from './python.ts';

const python = (version: string, ensurepip = true): Python => ({
  path: `/opt/${version}/python`,
  version,
  ensurepip,
});

const problemOf = (found: readonly Python[]): CloudProblem => {
  try {
    choosePython(found);
  } catch (thrown) {
    if (thrown instanceof CloudProblem) return thrown;
  }
  throw new Error('no problem was found');
};

describe('the search for Python', () => {
  it('asks for every version by its name, the newest first, then for the plain names', () => {
    expect(PYTHON_NAMES).toEqual([
      'python3.13',
      'python3.12',
      'python3.11',
      'python3.10',
      'python3',
      'python',
    ]);
  });

  it('leaves out names that do not run, like the shims of a version manager', () => {
    const found = findPythons((name) => (name === 'python3' ? python('3.12.1') : undefined));
    expect(found).toEqual([python('3.12.1')]);
  });

  it.each(['3.10.13', '3.11.7', '3.12.1', '3.13.0'])('takes Python %s', (version) => {
    expect(choosePython([python(version)]).version).toBe(version);
  });

  it.each(['3.9.6', '3.14.0', '2.7.18', '4.11.0'])('passes over Python %s', (version) => {
    expect(choosePython([python(version), python('3.11.7')]).version).toBe('3.11.7');
  });

  it('prefers one that can make virtual environments to a newer one that cannot', () => {
    expect(choosePython([python('3.13.0', false), python('3.10.4')]).version).toBe('3.10.4');
  });

  it('names the package that is missing when no Python has venv with ensurepip', () => {
    const { message, remedies } = problemOf([python('3.11.2', false)]);
    expect(message).toContain('3.11.2');
    expect(remedies.join()).toContain('python3.11-venv');
    expect(remedies.join()).toContain('python3-venv');
  });

  it('says what was found and what to install, on macOS with its own 3.9 alone', () => {
    const { message, remedies } = problemOf([python('3.9.6')]);
    expect(message).toContain('3.10 to 3.13');
    expect(remedies.join()).toContain('3.9.6');
    expect(remedies.join()).toContain('brew install');
  });

  it('says so when there is none at all', () => {
    expect(problemOf([]).remedies.join()).toContain('No other Python');
  });
});
