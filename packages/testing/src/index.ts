// Helpers shared by the tests of the workspace; never published, never imported by production code.
export { createManualClock, type ManualClock } from './create-manual-clock.ts';
export { isAlive } from './is-alive.ts';
export { nameFaultsByV3 } from './name-faults-by-v3.ts';
export { networkAt, networkVariables, testProtocol } from './test-protocol.ts';
export { patient } from './patient.ts';
export { temporaryDirectory } from './temporary-directory.ts';
export { waitFor } from './wait-for.ts';
