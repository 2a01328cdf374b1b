export { remainingMs } from '../tracing/index.ts';
export {
  cloudWatchClient,
  documentClient,
  eventBridgeClient,
  secretsClient,
  sfnClient,
  snsClient,
  socketsClient,
  sqsClient,
  ssmClient,
} from './clients.ts';
export { env, MissingVariableError } from './env.ts';
export { undefinedFor } from './named.ts';
export { absolute, peer } from './peers.ts';
export { secretOnce } from './secret.ts';
export { serviceToken } from './service-token.ts';
