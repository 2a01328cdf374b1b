/** Which events are meant, as it stands in the address of the page. */
import type { EventFilter } from '../../city/events.ts';

export interface Chosen extends EventFilter {
  /** The id of the event that is looked at. */
  readonly event: string;
}

export const chosenIn = (address: URLSearchParams): Chosen => ({
  system: address.get('system') ?? '',
  type: address.get('type') ?? '',
  subject: address.get('subject') ?? '',
  event: address.get('event') ?? '',
});

/** Without what is empty. */
export const addressOf = (chosen: Partial<Chosen>): { readonly [name: string]: string } =>
  Object.fromEntries(Object.entries(chosen).filter(([, value]) => value !== ''));

export const linkTo = (chosen: Partial<Chosen>): string =>
  `#/events?${new URLSearchParams(addressOf(chosen)).toString()}`;

export const storyLink = (key: string): string => `#/events/stories/${encodeURIComponent(key)}`;
export const typeLink = (type: string): string => `#/events/types/${encodeURIComponent(type)}`;
