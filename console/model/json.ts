/** Texts from a city, which may be JSON or may not. The kernel's `shared/json` is no contract, so the browser has its own. */

/** What a text holds as JSON; undefined where it is none, which no JSON text says. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    if (thrown instanceof SyntaxError) return undefined;
    throw thrown;
  }
};

export const isJson = (text: string): boolean => jsonOf(text) !== undefined;
