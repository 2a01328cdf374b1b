export { isHidden, MASK, masked, maskedFields, maskText } from './mask.ts';
