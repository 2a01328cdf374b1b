export { logger } from './logger.ts';
