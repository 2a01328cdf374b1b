/** Whether a filter lets a type of event in: the type itself, or `….Promotion*`, which is every one that begins so. */
export const isMeant = (chosen: string, type: string): boolean =>
  chosen.endsWith('*') ? type.startsWith(chosen.slice(0, -1)) : type === chosen;
