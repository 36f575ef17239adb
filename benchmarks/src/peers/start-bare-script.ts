import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Identity } from './new-identity.ts';

const script = fileURLToPath(new URL('bare-script.mjs', import.meta.url));

/** A process that receives with the bare SDK and does nothing else. */
export interface BareScript {
  readonly pid: number;
  readonly stop: () => Promise<void>;
}

/** Resolves when it listens. @param flags of Node */
export async function startBareScript(identity: Identity, flags: readonly string[]): Promise<BareScript> {
  const child = fork(script, [], {
    execArgv: [...flags],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let printed = '';
  child.stderr?.on('data', (chunk: Buffer) => (printed = (printed + chunk.toString()).slice(-2_000)));
  const gone = once(child, 'exit');
  const stop = async () => {
    child.kill('SIGKILL');
    await gone;
  };
  child.send(identity);
  const listening = once(child, 'message').then(() => true);
  if (!(await Promise.race([listening, gone.then(() => false)]))) throw new Error(`The bare script ended.\n${printed}`);
  return { pid: child.pid ?? 0, stop };
}
