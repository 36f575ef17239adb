import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSeededRandom } from '@xmtp-messaging/testing/seeded-random';
import { assembleCast } from './assemble-cast.ts';
import { createNetworkFaults } from './create-network-faults.ts';
import { sendLane } from './send-lane.ts';
import { raiseStorm } from './raise-storm.ts';
import { createPhoneBook, type PhoneResult } from './create-phone-book.ts';
import { createPhoneOwner } from './create-phone-owner.ts';
import { createTally, readToken, type TallyResult, type Token } from './create-tally.ts';
import { troublesOf } from './troubles-of.ts';
import { watchProgress } from './watch-progress.ts';

/** One run. */
export interface RunOptions {
  seed: number;
  /** Messages over all lanes. */
  messages: number;
  vault: string;
  /** Three wallets, name to address. */
  wallets: ReadonlyMap<string, string>;
  /** How long nothing may arrive, after the storm, before what is missing counts as lost. @default 45_000 */
  quietMs?: number | undefined;
  /** How long the storm goes on after the last send, unless everything has arrived before. @default 10_000 */
  stormAfterMs?: number | undefined;
  /** How long no send may be accepted before the storm ends, and again before the run fails. @default 60_000 */
  stallMs?: number | undefined;
  onProgress: (progress: { accepted: number; delivered: number; trouble: string }) => void;
  signal: AbortSignal;
}

/** Sends through a storm, lets it settle, counts. The folder of a run that lost or doubled something is kept and named. */
export async function runOnce(options: RunOptions): Promise<TallyResult & PhoneResult & { folder: string | null }> {
  const {
    seed,
    messages,
    vault,
    wallets,
    quietMs = 45_000,
    stormAfterMs = 10_000,
    stallMs = 60_000,
    onProgress,
  } = options;
  const random = createSeededRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-chaos-'));
  const tally = createTally();
  const book = createPhoneBook();
  const calm = new AbortController();
  const failed = new AbortController();
  const ended = AbortSignal.any([options.signal, failed.signal]);
  let trouble = 'calm';
  let lastArrival = performance.now();
  const report = () => {
    const { accepted, delivered } = tally.result();
    onProgress({ accepted, delivered, trouble });
  };

  const see = (token: Token, id: string) => {
    lastArrival = performance.now();
    tally.see(token, id);
    report();
  };

  const cast = await assembleCast({
    folder,
    vault,
    wallets,
    onDelivery: (delivery) => {
      const { id, text } = (delivery as { data: { id: string; text: string } }).data;
      const token = readToken(text);
      if (token !== null) see(token, id);
    },
  });
  try {
    const [ann, ben, cat] = cast.players as [
      (typeof cast.players)[0],
      (typeof cast.players)[0],
      (typeof cast.players)[0],
    ];
    const owner = await createPhoneOwner({
      url: cast.networkUrl(),
      book,
      signal: AbortSignal.any([ended, calm.signal]),
    });
    const lanes = [
      [ann, cat],
      [ben, cat],
      [cat, ann],
      [ann, { name: 'dot', address: owner.address }],
    ] as const;
    const storm = raiseStorm({
      troubles: troublesOf(cast, createNetworkFaults({ seed, controlUrl: () => cast.controlUrl() }), owner, random),
      random,
      signal: AbortSignal.any([ended, calm.signal]),
      onTrouble: (name) => {
        trouble = name;
        report();
      },
    });
    const sending = Promise.all(
      lanes.map(([from, to], index) =>
        sendLane({
          lane: `${from.name}>${to.name}`,
          url: from.url,
          to: to.address,
          messages: Math.floor((messages + index) / lanes.length),
          prefix: `chaos-${seed}`,
          random,
          onBegin: (token) => {
            if (to.address === owner.address) book.began(token, performance.now());
          },
          onAccepted: (token) => {
            tally.accept(token);
            book.accepted(token);
            report();
          },
          signal: ended,
        }),
      ),
    );
    const sent = new AbortController();
    const watching = watchProgress({
      progress: () => tally.result().accepted,
      patienceMs: stallMs,
      onStall: () => calm.abort(),
      signal: AbortSignal.any([ended, sent.signal]),
    });
    const blowOn = async () => {
      await sending.finally(() => sent.abort());
      // What was accepted last must be delivered in bad weather too, as far as that is possible.
      const end = performance.now() + stormAfterMs;
      while (tally.missing().length > 0 && performance.now() < end) await delay(100, undefined, { signal: ended });
    };
    const reading = async () => {
      while (!calm.signal.aborted) {
        await owner.readAll(see).catch(() => {});
        await delay(500, undefined, { signal: calm.signal }).catch(() => {});
      }
    };
    await Promise.all([blowOn().finally(() => calm.abort()), storm, watching, reading()]);

    trouble = 'settling';
    lastArrival = performance.now();
    await owner.readAll(see);
    while (tally.missing().length + book.result().unread > 0 && performance.now() - lastArrival < quietMs) {
      await delay(100, undefined, { signal: ended });
      await owner.readAll(see);
    }
    // What would arrive twice arrives now.
    await delay(1_000, undefined, { signal: ended });
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)} Homes, logs and network: ${folder}`, {
      cause,
    });
  } finally {
    failed.abort();
    await cast.close();
  }
  const result = { ...tally.result(), ...book.result() };
  const { lost, duplicateSends, wrongOrder, unread, readByLost } = result;
  const clean = lost + duplicateSends + wrongOrder + unread + readByLost === 0;
  if (clean) await rm(folder, { recursive: true, force: true });
  return { ...result, folder: clean ? null : folder };
}
