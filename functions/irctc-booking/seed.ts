/**
 * The five trains and two passengers of the original. Data only. Synthetic: routes are the original's, which are not those
 * of the real trains, so distances are about those between the stations; each train has few coaches, so that it sells out.
 */

interface SeedTrain {
  readonly number: string;
  readonly name: string;
  readonly from: string;
  readonly to: string;
  readonly kilometres: number;
  readonly departs: string;
  readonly runsOn: readonly ('Sun' | 'Mon' | 'Tue' | 'Wed' | 'Thu' | 'Fri' | 'Sat')[];
  readonly coaches: { readonly [C in '1A' | '2A' | '3A' | 'SL' | 'CC']?: readonly string[] };
  /** The class that the demo books. It said AC2 and AC3, which are names of no class, and crashed on them. */
  readonly demoClass: '2A' | '3A' | 'CC' | 'SL';
}

const DAILY = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

export const seedTrains: readonly SeedTrain[] = [
  {
    ...{ number: '12301', name: 'Rajdhani Express', from: 'NDLS', to: 'HWH', kilometres: 1451 },
    ...{ departs: '16:50', runsOn: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'], demoClass: '2A' },
    coaches: { '1A': ['H1'], '2A': ['A1', 'A2'], '3A': ['B1', 'B2'] },
  },
  {
    ...{ number: '12951', name: 'Mumbai Rajdhani', from: 'MMCT', to: 'NDLS', kilometres: 1384 },
    ...{ departs: '17:00', runsOn: DAILY, demoClass: '3A' },
    coaches: { '1A': ['H1'], '2A': ['A1'], '3A': ['B1'] },
  },
  {
    ...{ number: '12002', name: 'Shatabdi Express', from: 'NDLS', to: 'HWH', kilometres: 1451 },
    ...{ departs: '06:00', runsOn: DAILY, demoClass: 'CC' },
    coaches: { CC: ['C1', 'C2'] },
  },
  {
    ...{ number: '16587', name: 'Yesvantpur Express', from: 'YPR', to: 'BZA', kilometres: 680 },
    ...{ departs: '22:45', runsOn: ['Tue', 'Fri'], demoClass: 'SL' },
    coaches: { '3A': ['B1'], SL: ['S1', 'S2'] },
  },
  {
    ...{ number: '12621', name: 'Tamil Nadu Express', from: 'NDLS', to: 'MS', kilometres: 2182 },
    ...{ departs: '22:30', runsOn: DAILY, demoClass: 'SL' },
    coaches: { '2A': ['A1'], '3A': ['B1'], SL: ['S1', 'S2', 'S3'] },
  },
];

export const seedPassengers = [
  { name: 'Rahul Sharma', age: 32, gender: 'M', phone: '+91-9876543210' },
  { name: 'Priya Sharma', age: 28, gender: 'F', phone: '+91-9876543211' },
] as const;
