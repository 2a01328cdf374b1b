const CHARACTER_WIDTH = 8.4;
const LINE_HEIGHT = 19;
const MARGIN = 18;

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Colour says what a line is: a check that holds, one that does not, the rest. */
const colourOf = (line: string): string =>
  /^\s*✓/.test(line) ? '#7ee787' : /^\s*✗/.test(line) ? '#ff7b72' : '#e6edf3';

/** Lines of a terminal as an SVG picture. */
export const drawTerminal = (lines: readonly string[], title: string): string => {
  const width = Math.ceil(Math.max(...lines.map((line) => [...line].length)) * CHARACTER_WIDTH + 2 * MARGIN);
  const height = lines.length * LINE_HEIGHT + 2 * MARGIN;
  const texts = lines.map(
    (line, index) =>
      `  <text x="${MARGIN}" y="${MARGIN + (index + 0.8) * LINE_HEIGHT}" fill="${colourOf(line)}" xml:space="preserve">${escaped(line)}</text>`,
  );
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" font-family="ui-monospace, SFMono-Regular, Menlo, DejaVu Sans Mono, monospace" font-size="14">`,
    `  <title>${escaped(title)}</title>`,
    `  <rect width="100%" height="100%" rx="8" fill="#0d1117"/>`,
    ...texts,
    '</svg>',
    '',
  ].join('\n');
};
