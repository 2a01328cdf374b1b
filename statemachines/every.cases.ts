import type { Machine } from './asl.ts';
import type { Cases } from './cases.fixture.ts';
import { type MachinePath, machines } from './machines.ts';
import { paymentCases } from './paytm-saga/payment.cases.ts';

/** The named cases of every machine: one without cases does not compile. */
const casesOf: { readonly [path in MachinePath]: Cases } = {
  'paytm-saga/payment.asl.json': paymentCases,
};

/** Each machine with its cases, by its name: `paytm-saga-payment`. */
export const everyMachine: readonly (readonly [name: string, machine: Machine, cases: Cases])[] =
  Object.entries(machines).map(([path, machine]) => [
    path.replace('/', '-').replace('.asl.json', ''),
    machine,
    casesOf[path as MachinePath],
  ]);
