/** Executions as the console shows them. */
import type { Payload, RunDetail, RunView } from '../contract.ts';
import { maskedPayload } from './masked.ts';
import type { Execution, ExecutionDetail } from './ports.ts';

/** So much of a payload is given without being asked for, in bytes. */
export const SHOWN_BYTES = 2_000;

/** A text, masked, and its size; the text only where it is short, or `whole` was asked for. */
export const payloadOf = (text: string, whole = false): Payload => {
  const size = Buffer.byteLength(text);
  return whole || size <= SHOWN_BYTES ? { size, text: maskedPayload(text) } : { size };
};

/** `<saga>.<number>`, as every machine of the house names its executions. */
const OF_A_SAGA = /^(?<saga>.+)\.(?<number>\d{1,4})$/;

export const runView = ({ name, status, startedAt, endedAt }: Execution): RunView => {
  const { saga, number } = OF_A_SAGA.exec(name)?.groups ?? {};
  return {
    name,
    ...(saga === undefined ? {} : { saga, number: Number(number) }),
    status,
    startedAt: startedAt.toISOString(),
    ...(endedAt === undefined ? {} : { endedAt: endedAt.toISOString() }),
  };
};

export const runDetail = (machine: string, run: ExecutionDetail): RunDetail => {
  const { input, output, error, cause } = run;
  return {
    ...runView(run),
    machine,
    ...(input === undefined ? {} : { input: payloadOf(input, true) }),
    ...(output === undefined ? {} : { output: payloadOf(output, true) }),
    ...(error === undefined ? {} : { error }),
    ...(cause === undefined ? {} : { cause: payloadOf(cause, true) }),
  };
};
