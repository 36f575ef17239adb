import { spawn } from 'node:child_process';
import { once } from 'node:events';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { networkVariables, waitFor } from '@xmtp-messaging/testing';
import { expect, onTestFinished, test } from 'vitest';
import { createStage } from '../../../packages/agent/test/stage.ts';

const program = fileURLToPath(new URL('../src/main.ts', import.meta.url));

test('the file runs: it hears whom it allows, answers, and ends on a signal', async () => {
  const stage = await createStage('alice', 'my-agent');
  const { wallet, homeRoot, network, names } = stage.options('my-agent');
  const child = spawn(process.execPath, ['--conditions=@xmtp-messaging/source', program, 'alice.eth'], {
    env: {
      PATH: '/usr/bin:/bin',
      OWS_HOME: (wallet as { home: string }).home,
      XMTP_HOME: homeRoot,
      ...networkVariables(network.apiUrl!),
      XMTP_HOSTS_FILE: names?.hostsFile,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  await waitFor(() => output.includes('listens for 1 friends'), { timeoutMs: 30_000, what: 'the agent to listen' });

  const alice = await stage.open('alice');
  await alice.allow('my-agent.eth');
  const answers: string[] = [];
  alice.onMessage(({ text }) => void answers.push(text ?? ''));
  await alice.send('my-agent.eth', 'Hello');
  await waitFor(() => answers.length > 0, { timeoutMs: 30_000 });
  expect(answers[0]).toMatch(/\| Thank you, alice\.eth\. I read \d{3} characters\./u);

  child.kill('SIGTERM');
  expect(await once(child, 'exit')).toEqual([0, null]);
});
