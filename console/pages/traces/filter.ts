/** Which traces of a list are meant, as it stands in the address of the page. */
import type { TraceSummary } from '../../../functions/platform/contract.ts';

export interface Chosen {
  readonly system: string;
  readonly status: '' | 'error';
  /** Also what the console itself asks, which is most of a quiet city. */
  readonly own: boolean;
  /** Those to compare, two at most. */
  readonly compared: readonly string[];
}

export const chosenIn = (address: URLSearchParams): Chosen => ({
  system: address.get('system') ?? '',
  status: address.get('status') === 'error' ? 'error' : '',
  own: address.has('own'),
  compared: ['one', 'other'].flatMap((name) => address.get(name) || []),
});

export const addressOf = ({ system, status, own, compared: [one = '', other = ''] }: Chosen) =>
  Object.fromEntries(
    Object.entries({ system, status, own: own ? '1' : '', one, other }).filter(([, value]) => value !== ''),
  );

/** Systems that only look, and check who looks. */
const LOOKERS = new Set(['console', 'platform']);

/** Whether it is of the console itself: its questions, its tokens, and the checks of them. What keeps events is not. */
export const isOwn = ({ system, name }: Pick<TraceSummary, 'system' | 'name'>): boolean =>
  LOOKERS.has(system)
    ? /^(GET |authorize$|DynamoDB (Query|GetItem)$)/.test(name)
    : / \/(sessions|codes)\b/.test(name);
