import { describe, expect, it } from 'vitest';
import { say } from '../../shared/messages/index.ts';
import { DeclineCode, routes } from './contract.ts';
import { messages } from './messages.ts';

const facts = { key: 'p1', of: 'p1', code: 'ZM', left: 1 };

describe('the sentences of the bank', () => {
  const names = new Set([
    ...Object.values(routes).flatMap(({ errors }) => [...errors]),
    'StaleDecisionError',
  ]);

  it.each([...names])('say %s in both languages', (name) => {
    const english = say(messages, name, facts, 'en');
    const hindi = say(messages, name, facts, 'hi');
    expect(english).toMatch(/^[A-Z].*\.$/);
    expect(hindi).toMatch(/[\u0900-\u097F].*।$/);
    expect(`${english}${hindi}`).not.toContain('undefined');
  });

  it.each(DeclineCode.options)('say why a bank declines with %s', (code) => {
    expect(say(messages, 'DeclinedError', { code }, 'en')).toMatch(new RegExp(`: .{8,} \\(${code}\\)\\.$`));
    expect(say(messages, 'DeclinedError', { code }, 'hi')).toMatch(/: .*[\u0900-\u097F]/);
  });
});
