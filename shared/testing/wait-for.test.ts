import { describe, expect, it } from 'vitest';
import { waitFor } from './wait-for.ts';

const fast = { timeoutMs: 20, everyMs: 1 };

describe('waitFor()', () => {
  it('gives what the condition finds at last', async () => {
    const looks = [undefined, null, false, new Error('not there'), 'found', 'too late'];
    const condition = async () => {
      const look = looks.shift();
      if (look instanceof Error) throw look;
      return look;
    };
    expect(await waitFor(condition, { what: 'a thing', everyMs: 0 })).toBe('found');
    expect(looks).toEqual(['too late']);
  });

  it('takes 0 and an empty text for found', async () => {
    expect(await waitFor(() => 0, { what: 'a number' })).toBe(0);
    expect(await waitFor(() => '', { what: 'a text' })).toBe('');
  });

  it('looks again after the first pause, then every so often', async () => {
    const looks = [undefined, 'found'];
    const found = waitFor(() => looks.shift(), { what: 'a thing', firstPauseMs: 0, everyMs: 60_000 });
    expect(await found).toBe('found');
  });

  it('looks at least once, however short the time', async () => {
    expect(await waitFor(() => 'there', { what: 'a thing', timeoutMs: 0 })).toBe('there');
  });

  it('says what it waited for and what it saw last', async () => {
    await expect(waitFor(() => undefined, { what: 'a thing', ...fast })).rejects.toThrow(
      'Waited 20 ms for a thing; nothing was seen',
    );
    const condition = (seen: (what: unknown) => void) => {
      seen({ state: 'open' });
      return false;
    };
    await expect(waitFor(condition, { what: 'the end', ...fast })).rejects.toThrow(
      'for the end; last seen: {"state":"open"}',
    );
  });

  it('says which error came last, and keeps it as the cause', async () => {
    const error = new TypeError('no connection');
    await expect(waitFor(() => Promise.reject(error), { what: 'it', ...fast })).rejects.toMatchObject({
      message: 'Waited 20 ms for it; last came TypeError: no connection',
      cause: error,
    });
  });
});
