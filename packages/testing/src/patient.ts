// oxlint-disable-next-line node/no-process-env -- what is counted or traced takes longer, and who runs the tests knows
const patience = Number(process.env['TEST_PATIENCE'] ?? 1);

/** Milliseconds after which a test stops to wait for something, times `TEST_PATIENCE` of the environment. Never for what is measured or expected. */
export function patient(ms: number): number {
  return ms * patience;
}
