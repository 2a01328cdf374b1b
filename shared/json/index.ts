/** Texts from outside, which may be JSON or may not. */

/** What a text holds as JSON; undefined where it is none, which no JSON text says. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};

export const isJson = (text: string): boolean => jsonOf(text) !== undefined;
