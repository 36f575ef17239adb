// Node only: one way to run another program.
export { type ProgramRun, runProgram, type RunProgramOptions } from './run-program.ts';
