import { BaseError } from '@xmtp-messaging/errors';
import { waitFor } from '@xmtp-messaging/testing';
import type { Mailbox } from '@xmtp-messaging/xmtp-core';
import { createTestMailbox } from '@xmtp-messaging/xmtp-core/testing';
import { expect, onTestFinished, test } from 'vitest';
import { mailboxFailure } from '../../test/mailbox-failure.ts';
import { agentHints } from '../agent-hints.ts';
import { silent } from '../silent.ts';
import { type AgentRuntimeOptions, createAgentRuntime } from './create-agent-runtime.ts';
import type { AgentHome } from '../types.ts';

/** A mailbox whose end is told. */
async function openMailbox(onClose: () => void = () => undefined) {
  const mailbox = await createTestMailbox();
  const close = mailbox.close.bind(mailbox);
  onTestFinished(() => close({ timeoutMs: 0 }));
  return Object.assign(mailbox, {
    async close() {
      await close();
      onClose();
    },
  });
}

function setUp(options: Partial<AgentRuntimeOptions> = {}) {
  const events: string[] = [];
  const list = { close: () => Promise.resolve() };
  const home = {
    address: '0xAB',
    place: { look: () => null },
    allowlist: list,
    denylist: list,
    grouplist: list,
    drift: { close: () => {} },
  } as unknown as AgentHome;
  const runtime = createAgentRuntime({
    openHome: () => Promise.resolve(home),
    openMailbox: () => openMailbox(() => events.push('mailbox closed')),
    onOpen: () => ({ stop: () => Promise.resolve(void events.push('workers stopped')) }),
    waitsForMending: true,
    logger: silent,
    hints: agentHints,
    now: Date.now,
    // Short delays: half of nothing.
    random: () => -0.999,
    ...options,
  });
  return { runtime, events };
}

test('tries again while that may help, and says so meanwhile', async () => {
  let attempts = 0;
  const { runtime } = setUp({
    openMailbox: () => {
      attempts += 1;
      return attempts < 3 ? Promise.reject(mailboxFailure('NETWORK_UNREACHABLE', true)) : openMailbox();
    },
  });
  await waitFor(() => runtime.state().reason !== null, { intervalMs: 0 });
  expect(runtime.state()).toMatchObject({ state: 'starting', reason: { code: 'NETWORK_UNREACHABLE' } });
  expect(runtime.home()).not.toBeNull();
  expect(() => runtime.requireAgent()).toThrow('not open yet');
  await runtime.ready();
  expect(runtime.state()).toEqual({ state: 'open', reason: null, attempts: 3, nextAttemptAt: null });
});

test('gives up at once on what trying cannot mend', async () => {
  const { runtime } = setUp({ openMailbox: () => Promise.reject(mailboxFailure('WRONG_KEY')) });
  await expect(runtime.ready()).rejects.toThrow('WRONG_KEY');
  expect(runtime.state()).toMatchObject({
    state: 'failed',
    attempts: 1,
    reason: { code: 'WRONG_KEY', hint: 'Look at the database.' },
  });
});

test('what an operator can mend shows as failed, with its cause, and is tried again', async () => {
  let mended = false;
  const cause = new BaseError({
    code: 'OWS_BAD_CREDENTIAL',
    shortMessage: 'It is locked.',
    metaMessages: ['Unlock it.'],
  });
  const wrapped = new BaseError({ code: 'SIGNER_FAILED', shortMessage: 'It did not sign.', cause });
  const { runtime } = setUp({
    openMailbox: () => (mended ? openMailbox() : Promise.reject(wrapped)),
  });
  await waitFor(() => runtime.state().nextAttemptAt !== null, { intervalMs: 0 });
  expect(runtime.state()).toMatchObject({
    state: 'failed',
    reason: {
      code: 'SIGNER_FAILED',
      message: 'It did not sign. It is locked.',
      hint: 'Unlock it. It is tried again by itself, without a restart.',
      causes: ['OWS_BAD_CREDENTIAL'],
    },
  });
  mended = true;
  await runtime.ready();
});

test('an error of the system is named, and a wallet that is not what it says is never tried again', async () => {
  const full = Object.assign(new Error('x'), { code: 'ENOSPC', path: '/home/agent' });
  const mismatch = new BaseError({ code: 'OWS_SIGNER_MISMATCH', shortMessage: 'Another key.', retryable: true });
  const wrapped = new BaseError({ code: 'SIGNER_FAILED', shortMessage: 'It did not sign.', cause: mismatch });
  const errors = [full, wrapped];
  const { runtime } = setUp({ openMailbox: () => Promise.reject(errors.shift()!) });
  await waitFor(() => runtime.state().reason?.code === 'DISK_FULL', { intervalMs: 0 });
  await expect(runtime.ready()).rejects.toThrow('It did not sign');
  expect(runtime.state()).toMatchObject({ state: 'failed', attempts: 2, nextAttemptAt: null });
});

test('an unforeseen failure does not show its message', async () => {
  const { runtime } = setUp({ openHome: () => Promise.reject(new Error('/home/secret')) });
  await expect(runtime.ready()).rejects.toThrow('secret');
  expect(JSON.stringify(runtime.state())).not.toContain('secret');
});

test('closes what works on the mailbox before the mailbox, once', async () => {
  const { runtime, events } = setUp();
  await runtime.ready();
  await Promise.all([runtime.close({ timeoutMs: 100 }), runtime.close({ timeoutMs: 100 })]);
  expect(events).toEqual(['workers stopped', 'mailbox closed']);
  expect(runtime.state().state).toBe('closed');
  expect(() => runtime.requireAgent()).toThrow('shutting down');
});

test('closing while it opens closes what comes of that', async () => {
  let open: ((mailbox: Mailbox) => void) | undefined;
  const { runtime, events } = setUp({
    openMailbox: () =>
      new Promise((resolve) => {
        open = resolve;
      }),
  });
  await waitFor(() => runtime.home());
  const closed = runtime.close({ timeoutMs: 100 });
  const late = await openMailbox(() => events.push('late mailbox closed'));
  open?.(late);
  await closed;
  expect(events).toEqual(['late mailbox closed']);
});

test('the mailbox is closed, and its lists, whatever what works on it says of its end', async () => {
  const closedLists: string[] = [];
  const list = (name: string) => ({ close: async () => void closedLists.push(name) });
  const home = {
    address: '0xAB',
    place: { look: () => null },
    allowlist: list('allowlist'),
    denylist: list('denylist'),
    grouplist: list('grouplist'),
    drift: { close: () => {} },
  } as unknown as AgentHome;
  const { runtime, events } = setUp({
    openHome: () => Promise.resolve(home),
    onOpen: () => ({ stop: () => Promise.reject(new Error('the disk is full')) }),
  });
  await runtime.ready();
  await expect(runtime.close({ timeoutMs: 100 })).rejects.toThrow('the disk is full');
  expect(events).toEqual(['mailbox closed']);
  expect(closedLists).toEqual(['allowlist', 'denylist', 'grouplist']);
  expect(runtime.state().state).toBe('closed');
});
