import { expect, it } from 'vitest';
import { drawTerminal } from './terminal.ts';

it('drawTerminal() draws every line, escaped, in the colour of what it says', () => {
  const svg = drawTerminal(['$ npm start', '  ✓ a < b & c', '  ✗ no'], 'A terminal');
  expect(svg).toContain('<title>A terminal</title>');
  expect(svg.match(/<text /g)).toHaveLength(3);
  expect(svg).toContain('✓ a &lt; b &amp; c');
  expect(svg).toMatch(/fill="#7ee787"[^>]*> {2}✓/);
  expect(svg).toMatch(/fill="#ff7b72"[^>]*> {2}✗/);
});
