/** Which order is meant, as it stands in the address of the page. */
import { OrderId } from '../../../functions/zomato-ordering/contract.views.ts';

/** Undefined where none stands there, or what stands there is none. */
export const orderIn = (address: URLSearchParams): OrderId | undefined =>
  OrderId.safeParse(address.get('order') ?? '').data;

/** Whether something stands there that is no order. */
export const isMistyped = (address: URLSearchParams): boolean =>
  (address.get('order') ?? '') !== '' && orderIn(address) === undefined;

export const linkTo = (order: string): string => `#/live?${new URLSearchParams({ order }).toString()}`;

/** The end of an id, by which a person tells two apart. */
export const shortOf = (order: string): string => order.slice(-8);
