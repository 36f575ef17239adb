import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Calls, Reply, Request } from './serve-calls.ts';

/** A process of ours that answers calls. */
export interface Child<C extends Calls> {
  readonly pid: number;
  call<Name extends keyof C & string>(method: Name, ...parameters: Parameters<C[Name]>): ReturnType<C[Name]>;
  /** Events that the child emits. Returns the unsubscribe function. */
  onEvent(listener: (event: unknown) => void): () => void;
  /** Ends the process and resolves when it is gone. */
  readonly stop: () => Promise<void>;
}

const keptOutput = 4_000;

/**
 * Starts `module` in a process of its own; it ends with ours at the latest.
 * @param env Further variables of its environment.
 */
export function startChild<C extends Calls>(module: URL, env: Readonly<Record<string, string>> = {}): Child<C> {
  const child = fork(fileURLToPath(module), [], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    serialization: 'advanced',
    env: { ...process.env, ...env },
  });
  const waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  const listeners = new Set<(event: unknown) => void>();
  let output = '';
  let nextId = 0;

  const keep = (chunk: Buffer) => {
    output = (output + chunk.toString()).slice(-keptOutput);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.on('message', (message) => {
    const reply = message as Reply;
    if ('event' in reply) {
      for (const listener of listeners) listener(reply.event);
      return;
    }
    const caller = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) caller?.reject(new Error(reply.error));
    else caller?.resolve(reply.value);
  });
  const gone = new Promise<void>((resolve) => {
    const end = (why: string) => {
      for (const { reject } of waiting.values()) reject(new Error(`${module.pathname} ${why}\n${output}`));
      waiting.clear();
      resolve();
    };
    child.once('exit', (code, signal) => end(`ended (${code ?? signal})`));
    child.once('error', (error) => end(`did not start: ${error.message}`));
  });

  return {
    pid: child.pid ?? 0,
    call(method, ...[parameters]) {
      const id = (nextId += 1);
      const answer = new Promise((resolve, reject) => {
        if (!child.connected) {
          reject(new Error(`${module.pathname} is gone\n${output}`));
          return;
        }
        waiting.set(id, { resolve, reject });
        child.send({ id, method, parameters } satisfies Request);
      });
      return answer as ReturnType<C[typeof method]>;
    },
    onEvent(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      child.kill('SIGKILL');
      await gone;
    },
  };
}
