// Node only: how programs start, and one way to run another one.
export { oldNodeRefusal } from './old-node-refusal.ts';
export { packageVersion } from './package-version.ts';
export { type ProgramRun, runProgram, type RunProgramOptions } from './run-program.ts';
