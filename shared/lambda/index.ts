export type { CallContext, LambdaContext } from './invocation.ts';
export {
  type MessageContext,
  queueConsumer,
} from './queue-consumer.ts';
export { restHandler } from './rest-handler.ts';
export type { RequestOf } from './rest-request.ts';
export type { Session, Sessions } from './socket-frame.ts';
export { type CommandOf, type OpeningOf, socketHandler } from './socket-handler.ts';
export { streamConsumer } from './stream-consumer.ts';
export { TaskContext, taskHandler } from './task-handler.ts';
