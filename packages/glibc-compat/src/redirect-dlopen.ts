type Dlopen = (module: object, filename: string, ...flags: number[]) => void;

const marker = Symbol.for('xmtp-messaging.glibc-compat');

/**
 * Makes `target.dlopen` load the XMTP binding from `redirect(filename)`, and every other native module as before.
 * A second call on the same target does nothing.
 */
export function redirectDlopen(target: { dlopen: Dlopen }, redirect: (filename: string) => string): void {
  const original = target.dlopen;
  if (marker in original) return;
  const dlopen: Dlopen = (module, filename, ...flags) => {
    const path = isXmtpBinding(filename) ? redirect(filename) : filename;
    Reflect.apply(original, target, [module, path, ...flags]);
  };
  target.dlopen = Object.assign(dlopen, { [marker]: true });
}

/** Whether `filename` is the glibc build of the binding inside @xmtp/node-bindings, or in its per-platform package. */
export function isXmtpBinding(filename: string): boolean {
  return /\/@xmtp\/node-bindings(?:-linux-\w+-gnu)?\/(?:.*\/)?bindings_node\.linux-(?:x64|arm64)-gnu\.node$/.test(
    filename,
  );
}
