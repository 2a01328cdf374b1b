/**
 * The riders of the original, by names of our own; an operator registers them. Where they begin is where the original's labels
 * say: its coordinates lay elsewhere (its "Colaba" was in Wadala).
 */
import type { RiderProfile } from './contract.ts';

export interface SeededRider extends RiderProfile {
  readonly id: string;
  /** What the original calls them. */
  readonly alias: string;
  readonly begins: { readonly place: string; readonly latitude: number; readonly longitude: number };
}

export const riders: readonly SeededRider[] = [
  {
    ...{ id: 'rider_ravi', alias: 'dp_001', name: 'Ravi Kumar', phone: '+919876543001', vehicle: 'bike' },
    begins: { place: 'Bandra West', latitude: 19.0606, longitude: 72.8362 },
  },
  {
    ...{
      id: 'rider_suresh',
      alias: 'dp_002',
      name: 'Suresh Sharma',
      phone: '+919876543002',
      vehicle: 'bike',
    },
    begins: { place: 'Colaba', latitude: 18.9067, longitude: 72.8147 },
  },
  {
    ...{ id: 'rider_ajay', alias: 'dp_003', name: 'Ajay Singh', phone: '+919876543003', vehicle: 'bike' },
    begins: { place: 'Santacruz East', latitude: 19.0794, longitude: 72.853 },
  },
];
