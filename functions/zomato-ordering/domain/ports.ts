/** What the use cases of ordering need of the world. */
import type { Effects } from '../../../shared/effects/index.ts';
import type { Insist } from '../../../shared/effects/until-unchanged.ts';
import type { Page, PageOf } from '../../../shared/http/index.ts';
import type { Ids } from '../../../shared/ids/index.ts';
import type { OutgoingEvent } from '../../../shared/messaging/events.ts';
import type { Now } from '../../../shared/time/index.ts';
import type { Filters, PublishRestaurant, Sorting } from '../contract.catalogue.ts';
import type { UserView } from '../contract.people.ts';
import type { CustomerId, ItemId, MenuItem, OrderId, RestaurantId } from '../contract.views.ts';
import type { Menu, Restaurant } from './catalogue.ts';
import type { Order } from './order.ts';
import type { Session } from './refresh.ts';

/** An order as it is to be, and what is told of that. */
export interface Decision {
  readonly order: Order;
  readonly events: readonly OutgoingEvent[];
}

export interface Changing {
  /** Which of the order's effects it is: the same again changes nothing. */
  readonly name: string;
  /** Asked again with the newer order when somebody was faster. Undefined: there is nothing to do. */
  readonly decide: (order: Order) => Decision | undefined;
  readonly keepDays?: number;
}

export interface Orders {
  find(id: OrderId): Promise<Order | undefined>;
  /** @throws {NotFoundError} */
  load(id: OrderId): Promise<Order>;
  /**
   * Changes an order as decided on what it was at that moment.
   * @throws {NotFoundError} @throws {TransientError} others were faster again and again
   * @throws what `decide` throws
   */
  change(id: OrderId, changing: Changing): Promise<Order>;
  ofCustomer(customer: CustomerId, page: Page): Promise<PageOf<Order>>;
  ofKitchen(restaurant: RestaurantId, page: Page): Promise<PageOf<Order>>;
  /** Those that look for a rider. */
  wanted(page: Page): Promise<PageOf<Order>>;
  /** Those that have not ended, the newest first; `more`: there are others. */
  underWay(most: number): Promise<{ readonly items: readonly Order[]; readonly more: boolean }>;
  countActive(most: number): Promise<number>;
  /** Those to which time has something to do, in one walk for each shard. */
  due(at: Date): AsyncGenerator<OrderId>[];
}

/** A restaurant with what it cooks. */
export interface Kitchen {
  readonly restaurant: Restaurant;
  readonly menu: Menu;
}

export interface Catalogue {
  /** @throws {NotFoundError} there is no such restaurant, or it has published no menu */
  kitchen(id: RestaurantId): Promise<Kitchen>;
  /** @throws {NotFoundError} */
  restaurant(id: RestaurantId): Promise<Restaurant>;
  /** Whose item it is; undefined where nobody ever had it. */
  ownerOf(item: ItemId): Promise<RestaurantId | undefined>;
  search(filters: Filters, page: Page & { readonly sort: Sorting }): Promise<PageOf<Restaurant>>;
  count(most: number): Promise<number>;
  publish(id: RestaurantId, said: PublishRestaurant): Promise<Restaurant>;
  /** @throws {NotFoundError} */
  open(id: RestaurantId, opening: { readonly open: boolean; readonly opensAt?: string }): Promise<Restaurant>;
  /**
   * @throws {NotFoundError} @throws {ItemOfOtherRestaurantError}
   * @throws {TransientError} others were faster again and again
   */
  publishMenu(id: RestaurantId, items: readonly MenuItem[]): Promise<Kitchen>;
  /** @throws {NotFoundError} @throws {TransientError} */
  changeItem(
    id: RestaurantId,
    item: ItemId,
    to: Partial<Pick<MenuItem, 'available' | 'price'>>,
  ): Promise<MenuItem>;
}

/** An account, with what only its owner may prove or pay with. */
export interface User extends Omit<UserView, 'walletLinked'> {
  readonly passwordHash: string;
  readonly link?: string;
}

export interface People {
  byEmail(email: string): Promise<User | undefined>;
  /** @throws {NotFoundError} */
  user(id: CustomerId): Promise<User>;
  /** Makes the account. False: somebody has the address. */
  register(user: User): Promise<boolean>;
  /** @throws {NotFoundError} */
  link(id: CustomerId, link: string): Promise<User>;
}

export interface Sessions {
  open(session: Session): Promise<void>;
  find(id: string): Promise<Session | undefined>;
  /** One turn on, if `from` still counts. False: somebody was faster, or it has ended. */
  turn(id: string, from: number, at: string): Promise<boolean>;
  end(id: string, at: string): Promise<void>;
}

/** Slow on purpose, so that whoever has stolen the hashes does not have the passwords. */
export interface Passwords {
  hash(password: string): Promise<string>;
  /** Takes as long where there is nobody to compare with. */
  matches(password: string, hash: string | undefined): Promise<boolean>;
}

/** Proves that a refresh token is ours. */
export interface RefreshTokens {
  write(session: string, turn: number): Promise<string>;
  /** Undefined where it is not one of ours. */
  read(token: string): Promise<{ readonly session: string; readonly turn: number } | undefined>;
}

/** Tokens for the doors, by identity. */
export type AccessTokens = (
  customer: CustomerId,
) => Promise<{ readonly accessToken: string; readonly expiresInSeconds: number }>;

/** What the payment saga does for us. */
export interface Cashier {
  /** Starts the payment of an order, or says how it stands: asked again, the same one. */
  pay(order: Order): Promise<Paying>;
  /** How a payment stands that was started. */
  look(payment: string): Promise<Paying>;
  /** Gives back what the cancellation says; asked again, the same refund. */
  refund(order: Order): Promise<'under_way' | 'completed'>;
}
export type Paying =
  | {
      readonly status: 'in_progress' | 'completed';
      readonly payment: string;
      readonly approval?: NonNullable<Order['payment']['approval']>;
    }
  | { readonly status: 'failed'; readonly payment?: string; readonly reason: string };

export interface OrderingPorts {
  readonly orders: Orders;
  readonly catalogue: Catalogue;
  readonly people: People;
  readonly effects: Effects;
  readonly insist: Insist;
  readonly now: Now;
  readonly ids: Ids;
}
