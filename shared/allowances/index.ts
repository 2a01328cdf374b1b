export { hashed } from './admission.ts';
export { limited } from './limited.ts';
