import { expect, it } from 'vitest';
import { pageSources } from './page.ts';

it('is made of all that it imports, wherever that lies, and of nothing that it does not', async () => {
  const sources = await pageSources();
  expect(sources).toEqual(
    expect.arrayContaining([
      ...['console/main.tsx', 'console/file.tsx', 'console/page.css', 'console/index.html'],
      ...['console/vite.config.ts', 'package-lock.json', 'functions/console/contract.ts'],
      ...['shared/http/route.ts', 'shared/dead-letters/words.ts', 'shared/privacy/mask.ts'],
    ]),
  );
  expect(sources.filter((file) => /\.(test|fixture)\.ts$|^console\/browser\/|\/doors\//.test(file))).toEqual(
    [],
  );
});
