// Processes that tests start load hundreds of our sources each; stripped of their types and compiled once, they load in half of the time.
import { enableCompileCache } from 'node:module';
import { fileURLToPath } from 'node:url';

enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/compiled', import.meta.url)));
