import { expect, it } from 'vitest';
import { namedByNoTest } from './named-errors.ts';

const error = {
  file: 'functions/ola-rides/domain/errors.ts',
  text: 'export class NoDriverError extends HouseError<{ ride: string }> {}',
};

it('finds an error that no test names', () => {
  expect(namedByNoTest([error, { file: 'a.test.ts', text: 'NoDriverErrorAtAll' }])).toEqual({
    errors: 1,
    missing: ['NoDriverError of functions/ola-rides/domain/errors.ts is named by no test'],
  });
});

it('is content with a test that names it', () => {
  expect(namedByNoTest([error, { file: 'a.test.ts', text: "toThrow('NoDriverError')" }]).missing).toEqual([]);
});

it('does not take an error of a test for one of the house', () => {
  expect(namedByNoTest([{ ...error, file: 'functions/ola-rides/world.fixture.ts' }]).errors).toBe(0);
});
