export type { CallContext, LambdaContext } from './invocation.ts';
export {
  type MessageContext,
  type QueueConsumer,
  type QueueConsumerOptions,
  queueConsumer,
} from './queue-consumer.ts';
export { type RestHandler, type RestHandlerOptions, type RestUseCase, restHandler } from './rest-handler.ts';
export type { RequestOf } from './rest-request.ts';
export {
  type StreamConsumer,
  type StreamConsumerOptions,
  streamConsumer,
} from './stream-consumer.ts';
export { TaskContext, type TaskHandler, type TaskHandlerOptions, taskHandler } from './task-handler.ts';
