// Helpers shared by the tests of the workspace; never published, never imported by production code.
export { createManualClock, type ManualClock } from './manual-clock.ts';
export { createSeededRandom } from './seeded-random.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export { waitFor } from './wait-for.ts';
