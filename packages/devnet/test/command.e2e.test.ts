import { text } from 'node:stream/consumers';
import { hasUnseen } from '@xmtp-messaging/errors';
import { patient, temporaryDirectory, waitFor } from '@xmtp-messaging/testing';
import { expect, test } from 'vitest';
import manifest from '../package.json' with { type: 'json' };
import { createClients } from './clients.ts';
import { runCommand, startProcess } from './command.ts';
import { runPrintedCode, runPrintedCommand } from './printed-lines/run-printed.ts';

test('the command serves clients, reports, and ends on SIGTERM', async () => {
  const network = await startProcess();
  await createClients(network, 1);
  const status = (await (await fetch(`${network.historyUrl}/status`)).json()) as { stored: Record<string, number> };
  expect(status.stored).toMatchObject({ inboxes: 1, installations: 1 });
  network.child.kill('SIGTERM');
  expect(await network.ended).toBe(0);
});

test('faults are steered over HTTP while it runs', async () => {
  const network = await startProcess(['--faults', '{"refuseWrites":true}']);
  const faults = `${network.historyUrl}/faults`;
  await expect(createClients(network, 1)).rejects.toThrow(/refuses writes/);
  expect(await (await fetch(faults)).json()).toEqual({ refuseWrites: true });
  const bad = await fetch(faults, { method: 'PUT', body: '{"swallow":1}' });
  expect(bad.status).toBe(400);
  expect(await (await fetch(faults, { method: 'DELETE' })).json()).toEqual({});
  const [client] = await createClients(network, 1);
  const stream = await client!.conversations.streamAllMessages({ retryOnFail: false });
  const drop = await fetch(`${faults}/drop-streams`, { method: 'POST', body: '{"code":"INTERNAL"}' });
  expect(await drop.json()).toEqual({ dropped: 2 });
  await stream.end();
  const page = await fetch(faults, { method: 'DELETE', headers: { origin: 'https://example.org' } });
  expect(page.status).toBe(403);
});

test(
  'the lines of the banner work as they are printed, and --verbose shows every call',
  { timeout: patient(180_000) },
  async () => {
    const child = runCommand(['--port', '0', '--verbose', '--echo']);
    let printed = '';
    child.stdout!.on('data', (chunk: Buffer) => (printed += chunk.toString()));
    await waitFor(() => printed.includes('Ctrl-C ends it.'), { what: 'the banner', timeoutMs: 30_000 });
    expect(printed.match(/0x[0-9a-f]{40} {2}0x[0-9a-f]{64}/g)).toHaveLength(10);
    const lineOf = (label: string) => new RegExp(`^  ${label} +(.+)$`, 'mu').exec(printed)![1]!;
    const { url, webUrl, historyUrl } = Object.fromEntries(
      [...printed.matchAll(/^ {2}(gRPC|gRPC-Web|history) +(\S+)$/gmu)].map(([, name, address]) => [
        { gRPC: 'url', 'gRPC-Web': 'webUrl', history: 'historyUrl' }[name!],
        address,
      ]),
    );
    const folder = await temporaryDirectory();
    const [code, mailbox, chat, status] = await Promise.all([
      runPrintedCode([lineOf('Node SDK'), lineOf('Agent SDK'), lineOf('Browser SDK')], folder),
      runPrintedCommand(`${lineOf('Mailbox')} && env`, folder),
      runPrintedCommand(`printf 'hello\\n' | ${lineOf('chat')}`, folder),
      runPrintedCommand(lineOf('curl'), folder),
    ]);
    const browser = { env: 'local', apiUrl: webUrl, historySyncUrl: historyUrl };
    expect(code).toEqual({ node: true, agent: true, browser });
    expect(mailbox).toMatch(
      new RegExp(`^XMTP_ENV=local$[^]*^XMTP_API_URL=${url}$|^XMTP_API_URL=${url}$[^]*^XMTP_ENV=`, 'mu'),
    );
    expect(chat).toMatch(/^echo: hello$/mu);
    expect(JSON.parse(status)).toMatchObject({ url });
    await waitFor(() => /PublishIdentityUpdate +OK/.test(printed), { what: 'the call' });
    expect(printed).toMatch(/UploadKeyPackage +OK/);
  },
);

test('a mistake is explained without a stack and ends with a failure', async () => {
  const child = runCommand(['--faults', '{"x":1}']);
  const errors = await text(child.stderr!);
  expect(errors).toMatch(/fault plan is not valid/);
  expect(errors).not.toMatch(/\n +at /);
  expect(child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)))).toBe(1);
});

test('a shell is helped to complete, and the version is that of the package', async () => {
  const said = (...args: string[]) => text(runCommand(args).stdout!);
  const [script, words, version] = await Promise.all([
    said('completion', 'zsh'),
    said('complete', '--', '--protocol', ''),
    said('--version'),
  ]);
  expect(script).toContain('#compdef xmtp-devnet');
  expect(words).toMatch(/^v3\s[^]*^d14n\s[^]*^both\s/mu);
  expect(version.trim()).toBe(manifest.version);
});

test('what is echoed of arguments cannot steer a terminal', async () => {
  const child = runCommand(['--x\u009b31m\u202e\u001b[2J']);
  const said = await text(child.stderr!);
  expect(said).toContain('31m');
  expect(hasUnseen(said.replaceAll('\n', ''))).toBe(false);
});
