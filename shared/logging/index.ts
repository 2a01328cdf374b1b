export { logger } from './logger.ts';
export { masked, maskText } from './mask.ts';
