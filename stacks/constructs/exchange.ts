import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { pascal } from './house-function.ts';
import type { SystemStack } from './system-stack.ts';

export interface ExchangeProps {
  /** The topic is called `<system>-<name>`, and `.fifo` behind that where it keeps order. */
  readonly name: string;
  /** Keeps the order of each partition key, on the way to FIFO queues. @default false */
  readonly fifo?: boolean;
}

/** A queue that is bound to an exchange. */
interface Binding {
  /** Whether it takes events of a type. */
  readonly takes: (type: string) => boolean;
  /** Learns of each type that it gets. */
  readonly hears: (type: string) => void;
}

/**
 * What RabbitMQ calls an exchange: events are told here once, and each queue that is bound to it (`WorkQueue.onTopic`)
 * gets its own copy of those it asks for. An outbox tells them ({@link Outbox}, `topics`).
 *
 * What is told here and taken by no queue is an error of the synthesis. It holds no event longer than it takes to hand it on, so unlike a queue it goes with its stack.
 */
export class Exchange extends Construct {
  readonly topic: Topic;
  readonly fifo: boolean;
  private readonly told = new Set<string>();
  private readonly bindings: Binding[] = [];

  constructor(scope: Construct, stack: SystemStack, { name, fifo = false }: ExchangeProps) {
    super(scope, `${pascal(name)}Exchange`);
    this.fifo = fifo;
    this.topic = new Topic(this, 'Topic', {
      topicName: `${stack.system}-${name}${fifo ? '.fifo' : ''}`,
      // AWS's own key for SNS: every publisher with the right to publish may use it, and queues have keys of their own.
      masterKey: Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
      // Every event has an id; equal bodies may be two facts.
      ...(fifo ? { fifo, contentBasedDeduplication: false } : {}),
    });
    // SNS drops what no subscription takes and says nothing.
    this.node.addValidation({ validate: () => this.unheard() });
  }

  /** Types of events that are told here; {@link Outbox} says so. */
  tells(...types: readonly string[]): void {
    for (const type of types.filter((type) => !this.told.has(type))) {
      this.told.add(type);
      for (const { takes, hears } of this.bindings) if (takes(type)) hears(type);
    }
  }

  /** Somebody takes what is told here; `WorkQueue.onTopic` says so. */
  binds(binding: Binding): void {
    this.bindings.push(binding);
    for (const type of this.told) if (binding.takes(type)) binding.hears(type);
  }

  private unheard(): string[] {
    const lost = [...this.told].filter((type) => !this.bindings.some(({ takes }) => takes(type)));
    return lost.map((type) => `no queue takes ${type}, so it would be lost`);
  }
}
