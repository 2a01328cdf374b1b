import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { listLambdas } from './lambdas.ts';

describe('the list of Lambdas', () => {
  let folder: string;
  const write = (...files: string[]) => {
    for (const file of files) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), '');
    }
  };
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lambdas-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('has one for each file of the folders of callers', () => {
    write('bank/doors/get-account.ts', 'bank/consumers/sweep.ts', 'saga/steps/hold.ts');
    expect(listLambdas(folder).map(({ name }) => name)).toEqual([
      'bank-get-account',
      'bank-sweep',
      'saga-hold',
    ]);
  });

  it('has none for tests, domain and store', () => {
    write('bank/doors/get.test.ts', 'bank/domain/account.ts', 'bank/store/accounts.ts', 'bank/contract.ts');
    expect(listLambdas(folder)).toEqual([]);
  });

  it('takes a single file in place of a folder', () => {
    write('bank/doors.ts');
    expect(listLambdas(folder)).toEqual([
      { system: 'bank', file: 'doors', name: 'bank-doors', entry: join(folder, 'bank/doors.ts') },
    ]);
  });

  it('refuses two files that would be one function', () => {
    write('bank/doors/sweep.ts', 'bank/consumers/sweep.ts');
    expect(() => listLambdas(folder)).toThrow(/bank-sweep/);
  });
});
