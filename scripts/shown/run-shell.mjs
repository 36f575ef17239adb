// Commands as a reader's bash runs them, each in a process group that can be ended as a whole.
import { spawn } from 'node:child_process';
import { setTimeout as delay } from 'node:timers/promises';

const limitMs = 120_000;

function start(command, { cwd, env }) {
  const child = spawn('/bin/bash', ['-c', command], { cwd, env, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { out: '', err: '' };
  child.stdout.on('data', (text) => (said.out += text));
  child.stderr.on('data', (text) => (said.err += text));
  const closed = new Promise((resolve) => child.once('close', (code) => resolve(code)));
  const exited = new Promise((resolve) => child.once('exit', (code) => resolve(code)));
  const signal = (name) => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, name);
    } catch {
      // It is gone.
    }
  };
  return { child, said, closed, exited, signal };
}

/** Runs to the end. What a command leaves behind may hold its pipes: its own exit is the end. */
export async function runShell(command, place) {
  const { said, exited, signal } = start(command, place);
  const code = await Promise.race([exited, delay(limitMs, 'slow', { ref: false })]);
  if (code === 'slow') signal('SIGKILL');
  await delay(20);
  return { code, out: said.out, err: said.err };
}

/** Starts what goes on until it is ended. */
export function startShell(command, place) {
  const { child, said, exited, closed, signal } = start(command, place);
  const printed = () => said.out + said.err;
  return {
    printed,
    /** Waits until it is ready; fails when it ends before. */
    async until(isReady) {
      const end = Date.now() + limitMs;
      while (!(await isReady())) {
        if (child.exitCode !== null || Date.now() > end)
          throw new Error(`it is not ready, and said: ${printed().slice(-1_500)}`);
        await delay(200);
      }
    },
    async end() {
      signal('SIGINT');
      const code = await Promise.race([exited.then(() => closed), delay(20_000, 'slow', { ref: false })]);
      if (code === 'slow') signal('SIGKILL');
      await closed;
    },
  };
}
