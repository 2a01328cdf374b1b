import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { ROOT } from '../../cloud/paths.ts';
import { cityUnderTest } from '../city.ts';

const { urls } = cityUnderTest();

it.each(Object.entries(urls))('%s describes itself to everybody, as it is committed', async (system, url) => {
  const answer = await fetch(`${url}/openapi.json`);
  expect(answer.status).toBe(200);
  expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await answer.json()).toEqual(
    JSON.parse(readFileSync(join(ROOT, 'functions', system, 'openapi.json'), 'utf8')),
  );
});
