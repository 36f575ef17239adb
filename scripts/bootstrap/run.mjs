import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { join } from 'node:path';

/**
 * Runs an installer and keeps what it prints.
 * @returns {Promise<{ code: number, output: string }>} code 127 when the program cannot be started
 */
export function capture(command, args, { cwd, env, onLine = () => {} }) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk).slice(-200_000);
      onLine(String(chunk).trim().split('\n').at(-1) ?? '');
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: `${output}\n${error.message}` }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

/**
 * What the tools of this repository keep beside their work stays in the checkout, and none of them reports to anybody.
 * A program that a user runs keeps the user's own folders.
 */
export function taskEnvironment(task, { root, env }) {
  const quiet = { ...env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1' };
  if (task.where === 'user') return quiet;
  const kept = join(root, 'node_modules', '.cache');
  return { ...quiet, XDG_CACHE_HOME: kept, XDG_DATA_HOME: join(kept, 'data'), XDG_CONFIG_HOME: join(kept, 'config') };
}

/**
 * Runs the task in the foreground and passes its exit code on.
 * Ctrl-C reaches the whole process group: the task ends itself, so this process only waits.
 */
export function runTask(task, { root, env, node, userFolder }) {
  return new Promise((resolve) => {
    const [program, ...args] = task.command;
    const child = spawn(
      program === 'node' ? node : program,
      args.map((arg) => arg.replace(/^\{root\}/, root)),
      {
        cwd: task.where === 'user' ? userFolder : root,
        env: taskEnvironment(task, { root, env }),
        stdio: 'inherit',
        shell: process.platform === 'win32' && program !== 'node',
      },
    );
    process.on('SIGINT', () => {});
    for (const signal of ['SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
    child.on('error', (error) => {
      process.stderr.write(`Could not start ${program}: ${error.message}\n`);
      resolve(127);
    });
    child.on('close', (code, signal) => resolve(code ?? 128 + (constants.signals[signal] ?? 0)));
  });
}
