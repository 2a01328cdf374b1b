/** The restaurants of the original and what they cook; prices in rupees, places as the map has them. Data only. */

export interface SeedRestaurant {
  readonly id: string;
  readonly name: string;
  readonly cuisine: string;
  readonly location: string;
  readonly rating: number;
  readonly deliveryMinutes: number;
  readonly phone: string;
  readonly position: { readonly latitude: number; readonly longitude: number };
}

export interface SeedItem {
  readonly id: string;
  readonly restaurant: string;
  readonly name: string;
  readonly rupees: number;
  readonly category: string;
  readonly vegetarian: boolean;
  readonly preparationMinutes: number;
  readonly taxClass?: 'alcohol';
}

/** Rupees for each order: a rule of this city, since the original takes neither. */
export const SEED_PACKING = 20;
export const SEED_DELIVERY = 40;

export const seedRestaurants: readonly SeedRestaurant[] = [
  {
    ...{ id: 'rest_001', name: 'Toit Brewery', cuisine: 'Continental', location: 'Indiranagar, Bangalore' },
    ...{ rating: 4.5, deliveryMinutes: 45, phone: '+91-9876543210' },
    position: { latitude: 12.9793, longitude: 77.6406 },
  },
  {
    ...{ id: 'rest_002', name: 'Saravana Bhavan', cuisine: 'South Indian', location: 'T Nagar, Chennai' },
    ...{ rating: 4.3, deliveryMinutes: 30, phone: '+91-9876543211' },
    position: { latitude: 13.0418, longitude: 80.2341 },
  },
  {
    ...{ id: 'rest_003', name: 'Barbeque Nation', cuisine: 'North Indian', location: 'Khan Market, Delhi' },
    ...{ rating: 4.4, deliveryMinutes: 50, phone: '+91-9876543212' },
    position: { latitude: 28.6004, longitude: 77.2272 },
  },
  {
    ...{ id: 'rest_004', name: 'Leopold Cafe', cuisine: 'Multi-cuisine', location: 'Colaba, Mumbai' },
    ...{ rating: 4.1, deliveryMinutes: 35, phone: '+91-9876543213' },
    position: { latitude: 18.9228, longitude: 72.8317 },
  },
];

const item = (
  [number, name, rupees, category, vegetarian, preparationMinutes]: readonly [
    string,
    string,
    number,
    string,
    boolean,
    number,
  ],
  restaurant: string,
): SeedItem => ({ id: `item_${number}`, restaurant, name, rupees, category, vegetarian, preparationMinutes });

export const seedItems: readonly SeedItem[] = [
  { ...item(['001', 'Craft Beer Flight', 899, 'Beverages', false, 5], 'rest_001'), taxClass: 'alcohol' },
  item(['002', 'Bangalore Biryani', 450, 'Main Course', false, 35], 'rest_001'),
  item(['003', 'Paneer Tikka Pizza', 549, 'Main Course', true, 25], 'rest_001'),
  item(['004', 'Masala Dosa', 120, 'South Indian', true, 15], 'rest_002'),
  item(['005', 'Chettinad Chicken', 280, 'Main Course', false, 30], 'rest_002'),
  item(['006', 'Filter Coffee', 45, 'Beverages', true, 5], 'rest_002'),
  item(['007', 'Unlimited Buffet', 899, 'Buffet', false, 0], 'rest_003'),
  item(['008', 'Tandoori Platter', 650, 'Starters', false, 25], 'rest_003'),
  item(['009', 'Mumbai Pav Bhaji', 180, 'Street Food', true, 20], 'rest_004'),
  item(['010', 'Bombay Duck Curry', 420, 'Main Course', false, 35], 'rest_004'),
];
