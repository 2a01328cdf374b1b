import { readFile } from 'node:fs/promises';
import type { Machine } from './asl.ts';
import { payment } from './paytm-saga/payment.machine.ts';

/** Every machine of the city, by the path of its JSON in this folder. */
export const machines = {
  'paytm-saga/payment.asl.json': payment,
} as const satisfies { readonly [path: string]: Machine };

export type MachinePath = keyof typeof machines;

export const rendered = (definition: Machine): string => `${JSON.stringify(definition, null, 2)}\n`;

export const committed = (path: string): Promise<string> => readFile(new URL(path, import.meta.url), 'utf8');
