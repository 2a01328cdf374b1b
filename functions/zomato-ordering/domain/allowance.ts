import { type Allowance, changing, often } from '../../../shared/allowances/allowance.ts';

/** One for each door, so that nobody who reads menus is kept from signing in. */
export const ALLOWANCES = {
  health: often('health'),
  signUp: { name: 'sign-up', quota: 5, seconds: 60 },
  /** Of one client for one e-mail, which is what guessing looks like. */
  logIn: { name: 'log-in', quota: 5, seconds: 60 },
  /** Of one client for everybody: an office, a hostel or a mast has one address. */
  logInWide: { name: 'log-in-client', quota: 100, seconds: 60 },
  refreshSession: { name: 'refresh-session', quota: 20, seconds: 60 },
  logOut: { name: 'log-out', quota: 20, seconds: 60 },
  linkWallet: { name: 'link-wallet', quota: 10, seconds: 60 },
  listRestaurants: { name: 'list-restaurants', quota: 50, seconds: 60, borrow: 10 },
  getMenu: { name: 'get-menu', quota: 30, seconds: 60, borrow: 5 },
  publishRestaurant: changing('publish-restaurant'),
  openRestaurant: changing('open-restaurant'),
  publishMenu: changing('publish-menu'),
  changeItem: changing('change-item'),
  placeOrder: { name: 'place-order', quota: 10, seconds: 60 },
  /** Whoever waits for food looks often. */
  getOrder: { name: 'get-order', quota: 120, seconds: 60, borrow: 10 },
  listOrders: often('list-orders'),
  listOrdersUnderWay: often('list-orders-under-way'),
  listKitchenOrders: often('list-kitchen-orders'),
  listDeliveries: often('list-deliveries'),
  moveOrder: changing('move-order'),
  takeDelivery: changing('take-delivery'),
  giveBackDelivery: changing('give-back-delivery'),
  cancelOrder: changing('cancel-order'),
  getCancellation: often('get-cancellation'),
} as const satisfies { readonly [door: string]: Allowance };
