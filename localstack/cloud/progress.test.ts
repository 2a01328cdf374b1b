import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { progress } from './progress.mjs';

const output = (isTTY: boolean, columns = 80) => {
  let text = '';
  const write = (part: string) => {
    text += part;
    return true;
  };
  return { out: { write: write as NodeJS.WriteStream['write'], isTTY, columns }, text: () => text };
};

describe('the progress of a long command', () => {
  it('is plain lines with the time where nobody watches', async () => {
    const { out, text } = output(false);
    await progress({ out }).step('Deploy', async (detail) => detail('identity deployed'));
    expect(text().split('\n')).toEqual([
      expect.stringMatching(/^\d\d:\d\d:\d\d Deploy …$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d {3}identity deployed$/),
      expect.stringMatching(/^\d\d:\d\d:\d\d Deploy: done in \d\.\d s$/),
      '',
    ]);
  });

  it('says how long a step took that failed, and hands on what was thrown', async () => {
    const { out, text } = output(false);
    const failing = progress({ out }).step('Deploy', () => Promise.reject(new Error('no')));
    await expect(failing).rejects.toThrow('no');
    expect(text()).toMatch(/Deploy: failed after/);
  });

  it('ends with a mark and the time on a terminal, on one row', async () => {
    const { out, text } = output(true, 30);
    await progress({ out }).step('Emulator: a very long title of a step', async () => undefined);
    const rows = stripVTControlCharacters(text()).split('\r').at(-1);
    expect(rows).toMatch(/^✓ Emulator: a very long/);
    expect(rows?.trimEnd().length).toBeLessThanOrEqual(30);
  });

  it("keeps out of the way of the tools' own output", async () => {
    const { out, text } = output(true);
    await progress({ out, verbose: true }).step('Deploy', async () => undefined);
    expect(text()).not.toContain('\r');
  });
});
