/**
 * The riders, restaurants and orders of the original, by names of our own. An operator registers riders and restaurants through
 * doors; orders are placed and moved by whoever may. Where things are is what the original's labels say: its coordinates lay
 * elsewhere (its "Colaba" was in Wadala), and its orders went nowhere. What is cooked, and its price, are ours.
 */
import type { OrderState, Position } from '../zomato-ordering/contract.views.ts';
import type { RiderProfile } from './contract.ts';

export interface SeededRider extends RiderProfile {
  readonly id: string;
  /** What the original calls them. */
  readonly alias: string;
  readonly begins: Position & { readonly place: string };
}

/** A restaurant with the one dish that its order is of. */
export interface SeededKitchen {
  readonly restaurant: {
    readonly id: string;
    readonly name: string;
    readonly cuisine: string;
    readonly location: string;
    readonly rating: number;
    readonly deliveryMinutes: number;
    readonly phone: string;
    readonly position: Position;
  };
  readonly dish: {
    readonly id: string;
    readonly name: string;
    readonly rupees: number;
    readonly category: string;
    readonly vegetarian: boolean;
    readonly preparationMinutes: number;
  };
}

export interface SeededOrder {
  /** What the original calls it. */
  readonly alias: string;
  /** What the original calls who ordered it. */
  readonly customer: string;
  readonly kitchen: SeededKitchen;
  readonly rider: SeededRider;
  /** How far it is when the original begins. */
  readonly state: Extract<OrderState, 'PREPARING' | 'READY' | 'OUT_FOR_DELIVERY'>;
  readonly to: Position & { readonly address: string };
}

const RAVI: SeededRider = {
  ...{ id: 'rider_ravi', alias: 'dp_001', name: 'Ravi Kumar', phone: '+919876543001', vehicle: 'bike' },
  begins: { place: 'Bandra West', latitude: 19.0606, longitude: 72.8362 },
};
const SURESH: SeededRider = {
  ...{ id: 'rider_suresh', alias: 'dp_002', name: 'Suresh Sharma', phone: '+919876543002', vehicle: 'bike' },
  begins: { place: 'Colaba', latitude: 18.9067, longitude: 72.8147 },
};
const AJAY: SeededRider = {
  ...{ id: 'rider_ajay', alias: 'dp_003', name: 'Ajay Singh', phone: '+919876543003', vehicle: 'bike' },
  begins: { place: 'Santacruz East', latitude: 19.0794, longitude: 72.853 },
};

const BURGER_KING: SeededKitchen = {
  restaurant: {
    ...{ id: 'rest_burger_king', name: 'Burger King', cuisine: 'Burgers', location: 'Linking Road, Bandra' },
    ...{ rating: 4, deliveryMinutes: 25, phone: '+91-9876543214' },
    position: { latitude: 19.0621, longitude: 72.8347 },
  },
  dish: {
    ...{ id: 'item_whopper', name: 'Veg Whopper', rupees: 179, category: 'Burgers' },
    ...{ vegetarian: true, preparationMinutes: 10 },
  },
};
const MCDONALDS: SeededKitchen = {
  restaurant: {
    ...{ id: 'rest_mcdonalds', name: "McDonald's", cuisine: 'Burgers', location: 'Colaba Causeway' },
    ...{ rating: 4.1, deliveryMinutes: 20, phone: '+91-9876543215' },
    position: { latitude: 18.9203, longitude: 72.8311 },
  },
  dish: {
    ...{ id: 'item_aloo_tikki', name: 'McAloo Tikki', rupees: 69, category: 'Burgers' },
    ...{ vegetarian: true, preparationMinutes: 8 },
  },
};
const DOMINOS: SeededKitchen = {
  restaurant: {
    ...{ id: 'rest_dominos', name: "Domino's Pizza", cuisine: 'Pizza', location: 'Santacruz East' },
    ...{ rating: 4.2, deliveryMinutes: 30, phone: '+91-9876543216' },
    position: { latitude: 19.0815, longitude: 72.8525 },
  },
  dish: {
    ...{ id: 'item_margherita', name: 'Margherita', rupees: 239, category: 'Pizza' },
    ...{ vegetarian: true, preparationMinutes: 15 },
  },
};

export const riders: readonly SeededRider[] = [RAVI, SURESH, AJAY];

/** The first is the one whose way is told: from Bandra to Colaba. */
export const orders: readonly [SeededOrder, ...SeededOrder[]] = [
  {
    ...{ alias: 'ORD123456', customer: 'customer_rahul', kitchen: BURGER_KING, rider: RAVI },
    ...{ state: 'PREPARING', to: { address: 'Colaba Market', latitude: 18.9067, longitude: 72.8147 } },
  },
  {
    ...{ alias: 'ORD123457', customer: 'customer_priya', kitchen: MCDONALDS, rider: SURESH },
    ...{ state: 'OUT_FOR_DELIVERY', to: { address: 'Marine Drive', latitude: 18.9435, longitude: 72.8235 } },
  },
  {
    ...{ alias: 'ORD123458', customer: 'customer_amit', kitchen: DOMINOS, rider: AJAY },
    ...{ state: 'READY', to: { address: 'Vakola', latitude: 19.0822, longitude: 72.8569 } },
  },
];
