export { writeLine } from './line.ts';
export { type Fields, type Log, logger } from './logger.ts';
export { masked, maskText } from './mask.ts';
