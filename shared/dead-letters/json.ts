/** What a text holds as JSON; undefined where it is none, which is a reason to be a dead letter and no defect. */
export const jsonOf = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
};
