import { CfnOutput, type Stack } from 'aws-cdk-lib/core';

/** What a system consists of, by logical or explicit names; CLI, console and tests read it instead of discovering. */
export interface SystemManifest {
  readonly doors: { name: string; method: string; path: string; access: string; function: string }[];
  readonly functions: string[];
  readonly queues: {
    name: string;
    deadLetters?: string;
    consumer?: string;
    /** Types of events that come into it from the bus or a topic; `*` for every one of the bus. */
    hears?: string[];
    /** Where the consumer keeps what it has worked on; the table by its output. */
    remembers?: { table: string; owner: string; name: string };
  }[];
  readonly tables: { output: string; indexes: string[] }[];
  readonly machines: string[];
  readonly alarms: string[];
  readonly events: { out: string[]; in: string[] };
  /** The stack output that holds the API's address, where there is one. */
  api?: string;
  /** The routes of its WebSocket, where there is one: who may ask what, and which function answers. */
  readonly commands: { route: string; name: string; roles: string[]; function: string }[];
  /** The stack output that holds the id of the WebSocket's API. */
  socket?: string;
}

/** Collects what the constructs of one stack make. */
export class Manifest {
  readonly system: string;
  readonly entry: SystemManifest = {
    doors: [],
    functions: [],
    queues: [],
    tables: [],
    machines: [],
    alarms: [],
    events: { out: [], in: [] },
    commands: [],
  };
  private readonly stack: Stack;
  private readonly values = new Map<string, string>();

  constructor(stack: Stack, system: string) {
    this.stack = stack;
    this.system = system;
  }

  /** The same without what its API tells itself, short enough for a parameter. */
  get summary(): string {
    const { functions, machines, alarms, events } = this.entry;
    const tables = this.entry.tables.map(({ output }) => this.values.get(output));
    // Whoever reads it in the cloud has no outputs.
    const queues = this.entry.queues.map(({ remembers, ...queue }) =>
      remembers ? { ...queue, remembers: { ...remembers, table: this.values.get(remembers.table) } } : queue,
    );
    return JSON.stringify({ functions, queues, tables, machines, alarms, events });
  }

  /** Publishes a value that is known only after the deployment; returns the name under which the manifest has it. */
  output(name: string, value: string): string {
    new CfnOutput(this.stack, name, { value });
    this.values.set(name, value);
    return name;
  }
}
