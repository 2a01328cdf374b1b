/** Payloads without what tells who somebody is, or wakes a task. */
import { isHidden, MASK, maskText } from '../../../shared/privacy/index.ts';

/**
 * The name of a field, at any depth of JSON that stands as a text in JSON: the marks of one that lies deeper have more
 * backslashes, the same before and behind. All is bounded, so that no text takes long.
 */
const NAME = /(?<!\\)(?<marks>\\{0,64})"(?<field>[A-Za-z_][\w-]{0,80})\k<marks>"\s{0,20}:\s{0,20}/g;

/** A text with these marks, or a number. */
const valueWith = (marks: string): RegExp =>
  new RegExp(
    `${marks.replaceAll('\\', '\\\\')}".{0,8000}?(?<!\\\\)${marks.replaceAll('\\', '\\\\')}"|-?\\d[\\d.eE+-]{0,40}`,
    'sy',
  );

/**
 * The same text with the values of hidden fields and what looks personal replaced; all else stays as it is written,
 * digit for digit. A task token stands in the parameters of the task that waits, inside of a message that is a text.
 */
export const maskedPayload = (text: string): string => {
  let shown = '';
  let from = 0;
  for (const { index, 0: name, groups: { marks = '', field = '' } = {} } of text.matchAll(NAME)) {
    const at = index + name.length;
    if (at < from || !isHidden(field)) continue;
    const value = valueWith(marks);
    value.lastIndex = at;
    const hidden = value.exec(text)?.[0];
    if (hidden === undefined) continue;
    shown += `${text.slice(from, at)}${marks}"${MASK}${marks}"`;
    from = at + hidden.length;
  }
  return maskText(shown + text.slice(from));
};
