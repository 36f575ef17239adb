// Loaded before a program that sends (`--import`): adds up how long each part of its work takes, and keeps the sums in a file.
import '@xmtp-messaging/glibc-compat/register';
import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import http2 from 'node:http2';
import { createRequire, syncBuiltinESMExports } from 'node:module';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Parts } from './parts-between.ts';

const folder = process.env['BENCH_PARTS']!;
const parts: Parts['parts'] = {};
let requests = 0;

const note = (name: string, since: number) => {
  const part = (parts[name] ??= { calls: 0, ms: 0 });
  part.calls += 1;
  part.ms += performance.now() - since;
};

/** Calls are timed until they return, or until what they promise is there. */
function watch(prototype: object, group: string): void {
  for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(prototype))) {
    if (typeof value !== 'function' || name === 'constructor') continue;
    const original = value as (...args: unknown[]) => unknown;
    Object.defineProperty(prototype, name, {
      configurable: true,
      writable: true,
      value(this: unknown, ...args: unknown[]) {
        const since = performance.now();
        const result = original.apply(this, args);
        const end = () => note(`${group}.${name}`, since);
        if (result instanceof Promise) result.then(end, end);
        else end();
        return result;
      },
    });
  }
}

const sdk = createRequire(import.meta.resolve('@xmtp/node-sdk'));
const bindings = sdk('@xmtp/node-bindings') as Record<'Conversation' | 'Conversations', { prototype: object }>;
watch(bindings.Conversation.prototype, 'sdk');
watch(bindings.Conversations.prototype, 'sdk');
watch(DatabaseSync.prototype, 'sqlite');
watch(StatementSync.prototype, 'sqlite');

const { fdatasync } = fs;
fs.fdatasync = ((descriptor: number, done: (error: NodeJS.ErrnoException | null) => void) => {
  const since = performance.now();
  fdatasync(descriptor, (error) => {
    note('disk.fdatasync', since);
    done(error);
  });
}) as typeof fs.fdatasync;

const { connect } = http2;
http2.connect = ((...args: Parameters<typeof connect>) => {
  const session = connect(...args);
  const request = session.request.bind(session);
  session.request = (headers, options) => {
    const since = performance.now();
    const stream = request(headers, options);
    const path = (headers as http2.OutgoingHttpHeaders)[':path'];
    if (typeof path === 'string' && path.endsWith('/GetIdentityUpdates'))
      stream.once('close', () => note('grpc.GetIdentityUpdates', since));
    return stream;
  };
  return session;
}) as typeof connect;
syncBuiltinESMExports();

const begun = new WeakMap<object, number>();
const isSend = ({ method, url }: { method?: string; url?: string }) => method === 'POST' && url === '/xmtp/send';
subscribe('http.server.request.start', (message) => {
  const { request } = message as { request: { method?: string; url?: string } };
  if (isSend(request)) begun.set(request, performance.now());
});
subscribe('http.server.response.finish', (message) => {
  const since = begun.get((message as { request: object }).request);
  if (since === undefined) return;
  requests += 1;
  note('http.request', since);
});

let written = -1;
setInterval(() => {
  if (requests === written) return;
  written = requests;
  const file = join(folder, `${process.pid}.json`);
  const [all, main] = [process.cpuUsage(), process.threadCpuUsage()];
  const cpu = { all: (all.user + all.system) / 1_000, main: (main.user + main.system) / 1_000 };
  fs.writeFileSync(`${file}.new`, JSON.stringify({ requests, parts, cpu } satisfies Parts));
  fs.renameSync(`${file}.new`, file);
}, 100).unref();
