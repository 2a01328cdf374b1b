import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SYNTHETIC_RULES } from './synthetic.ts';

const SYSTEM = join(import.meta.dirname, '..');
const marked = readdirSync(SYSTEM, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.test\.ts$|synthetic\.ts$/.test(file))
  .flatMap((file) => [...readFileSync(join(SYSTEM, file), 'utf8').matchAll(/\bSynthetic:/g)].map(() => file));

describe('the rules that this city made up', () => {
  it('are one sentence for each comment that says so', () => {
    expect(SYNTHETIC_RULES.map(({ where }) => where).toSorted()).toEqual(marked.toSorted());
    expect(marked.length).toBeGreaterThan(20);
  });

  it('are told in both languages', () => {
    for (const { en, hi } of SYNTHETIC_RULES) {
      expect(en).toMatch(/^[A-Z][\x20-\x7e]+\.$/);
      expect(hi).toMatch(/[\u0900-\u097f].*।$/);
    }
    expect(new Set(SYNTHETIC_RULES.map(({ hi }) => hi)).size).toBe(SYNTHETIC_RULES.length);
  });
});
