import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryDirectory } from '@xmtp-messaging/testing';
import { createInboundStore } from '../src/inbox/create-inbound-store.ts';
import type { Disk } from '../src/journal/create-log-sync.ts';
import { openJournal } from '../src/journal/open-journal.ts';
import { createOutboundStore } from '../src/outbox/create-outbound-store.ts';

const message = (messageId: string) => ({
  messageId,
  conversationId: 'c',
  conversationType: 'dm' as const,
  senderInboxId: 's',
  senderAddresses: [],
  contentType: 'text',
  contentBytes: 1,
  sentAt: 1,
  receivedAt: 1,
  sender: 'unknown' as const,
  historical: false,
});
const row = (messageId: string) => ({
  idempotencyKey: null,
  requestDigest: '',
  contentDigest: '',
  conversationId: 'c',
  messageId,
  state: 'sent' as const,
  createdAt: 1,
});

/** A machine with a journal on a disk that keeps, when the power is cut, what it was last asked to keep. */
export async function startMachine() {
  const folder = await temporaryDirectory();
  let boots = 0;
  let kept = '';
  const copy = (from: string, to: string) => {
    for (const part of ['', '-wal']) if (existsSync(`${from}${part}`)) copyFileSync(`${from}${part}`, `${to}${part}`);
  };
  const boot = (files: string) => {
    boots += 1;
    const path = join(folder, `${boots}.db`);
    if (files !== '') copy(files, path);
    const keep = () => {
      kept = join(folder, `kept-${boots}-${(waits += 1)}.db`);
      copy(path, kept);
    };
    let waits = 0;
    const disk: Disk = { syncNow: keep, sync: async () => keep() };
    const journal = openJournal({ path, disk, onCommitFailure: () => undefined, commitAfterMs: 60_000 });
    return { path, journal, inbound: createInboundStore(journal), outbound: createOutboundStore(journal) };
  };
  let running = boot('');
  return {
    /** Hears a message, and shows it: its position. */
    hear(id: string): number {
      const { seq } = running.inbound.insert(message(id));
      running.inbound.reserve(seq);
      running.journal.commit();
      return seq;
    },
    /** Sends one, and shows it: its position. */
    send(id: string): number {
      const position = running.outbound.insert(row(id));
      running.journal.commit();
      return position;
    },
    flush: () => running.journal.flush(),
    close: () => running.journal.close(),
    /** The file that the disk keeps now. */
    keeps: () => kept,
    cutPower: () => (running = boot(kept)),
    // The files are as the process left them.
    kill: () => (running = boot(running.path)),
    restart() {
      running.journal.close();
      running = boot(running.path);
    },
  };
}
