// Node only, and apart from the other files: whoever imports `node:sqlite` on Node 22 is warned of it.
export { tryLock } from './try-lock.ts';
