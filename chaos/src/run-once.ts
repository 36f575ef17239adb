import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createSeededRandom } from '@xmtp-messaging/errors';
import { assembleCast, type Player } from './assemble-cast.ts';
import { createNetworkFaults } from './create-network-faults.ts';
import { createPhoneBook } from './create-phone-book.ts';
import { createPhoneOwner } from './create-phone-owner.ts';
import { createTally, readToken, type Token } from './create-tally.ts';
import { equip } from './equip.ts';
import { raiseStorm } from './raise-storm.ts';
import { type Finding, isClean, noFindings, type Result } from './add-results.ts';
import { sendLane } from './send-lane.ts';
import type { Scene } from './troubles/kind.ts';
import { untilWell } from './troubles/until-well.ts';
import { watchHealth } from './watch-health.ts';
import { watchProgress } from './watch-progress.ts';

/** One run. */
export interface RunOptions {
  seed: number;
  /** Messages over all lanes. */
  messages: number;
  /** Kinds of trouble that are switched on. */
  troubles: readonly string[];
  vault: string;
  /** Which network. @default 'v3' */
  protocol?: 'v3' | 'd14n' | undefined;
  /** Whether one process serves all agents. @default false */
  shared?: boolean | undefined;
  /** Three wallets, name to address. */
  wallets: ReadonlyMap<string, string>;
  /** How long nothing may arrive, after the storm, before what is missing counts as lost. @default 45_000 */
  quietMs?: number | undefined;
  /** How long the storm goes on after the last send, unless everything has arrived before. @default 10_000 */
  stormAfterMs?: number | undefined;
  /** How long no send may be accepted before the storm ends, and again before the run fails. @default 60_000 */
  stallMs?: number | undefined;
  /** How long servers may take to be ready again when all is over. @default 60_000 */
  recoveryMs?: number | undefined;
  onProgress: (progress: { accepted: number; delivered: number; trouble: string }) => void;
  /** Lines for whoever watches. */
  tell: (line: string) => void;
  signal: AbortSignal;
}

/** Sends through a storm, lets it settle, counts. The folder of a run that is not clean is kept and named. */
export async function runOnce(options: RunOptions): Promise<Result & { folder: string | null }> {
  const { seed, messages, vault, wallets, onProgress, tell } = options;
  const { quietMs = 45_000, stormAfterMs = 10_000, stallMs = 60_000, recoveryMs = 60_000 } = options;
  const random = createSeededRandom(seed);
  const folder = await mkdtemp(join(tmpdir(), 'xmtp-messaging-chaos-'));
  const tally = createTally();
  const besides = createTally();
  const book = createPhoneBook();
  const findings = noFindings();
  const calm = new AbortController();
  const failed = new AbortController();
  const ended = AbortSignal.any([options.signal, failed.signal]);
  let trouble = 'calm';
  let lastArrival = performance.now();
  const report = () => {
    const { accepted, delivered } = tally.result();
    onProgress({ accepted, delivered, trouble });
  };
  const count = (finding: Finding, by = 1) => void (findings[finding] += by);
  const laneNames = new Set<string>();
  const see = (token: Token, id: string) => {
    lastArrival = performance.now();
    (laneNames.has(token.lane) ? tally : besides).see(token, id);
    report();
  };

  const kit = equip({ names: options.troubles, folder, tell });
  const cast = await assembleCast({
    folder,
    vault,
    protocol: options.protocol,
    shared: options.shared,
    wallets,
    envOf: kit.env,
    onDelivery: (delivery) => {
      const { id, text } = (delivery as { data: { id: string; text: string | null } }).data;
      const token = readToken(text ?? '');
      if (token !== null) see(token, id);
      if (text?.includes('stranger:')) count('strangersHeard');
    },
  }).catch(async (error: unknown) => {
    await kit.close();
    throw error;
  });
  const missing = () => tally.missing().length + besides.missing().length;
  try {
    const [ann, ben, cat] = cast.players as [Player, Player, Player];
    const weather = AbortSignal.any([ended, calm.signal]);
    const owner = await createPhoneOwner({ url: cast.networkUrl(), protocol: options.protocol, book, signal: weather });
    const lanes = [
      [ann, cat],
      [ben, cat],
      [cat, ann],
      [ann, { name: 'dot', address: owner.address }],
    ] as const;
    for (const [from, to] of lanes) laneNames.add(`${from.name}>${to.name}`);
    const faults = createNetworkFaults({ seed, controlUrl: () => cast.controlUrl(), protocol: options.protocol });
    const scene: Scene = { cast, faults, owner, random, seed, besides, count, tell, signal: ended };
    const healthWatched = new AbortController();
    const watchingHealth = cast.players.map(({ name, url }) =>
      watchHealth({
        // Of several behind one port, that of the port.
        url: new URL(url).origin,
        onDeaf: (why) => {
          count('deaf');
          tell(`/healthz of ${name}: ${why}`);
        },
        signal: AbortSignal.any([ended, healthWatched.signal]),
      }),
    );
    await kit.prepare(scene);

    const troubles = kit.troubles(scene);
    const storm = raiseStorm({
      troubles,
      random,
      // A few kinds blow no denser than all of them: who is killed without a pause never gets up.
      calmMs: Math.max(1_200, 24_000 / troubles.length),
      signal: weather,
      onTrouble: ({ name, kind }) => {
        kit.happened[kind]! += 1;
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
          onBegin: (token, reactsTo) => {
            if (to.address === owner.address) book.began(token, performance.now(), reactsTo);
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
      while (missing() > 0 && performance.now() < end) await delay(100, undefined, { signal: ended });
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
    while (missing() + book.result().unread > 0 && performance.now() - lastArrival < quietMs) {
      await delay(100, undefined, { signal: ended });
      await owner.readAll(see);
    }
    await untilWell(scene, recoveryMs);
    // What would arrive twice arrives now.
    await delay(1_000, undefined, { signal: ended });
    healthWatched.abort();
    await Promise.all(watchingHealth);
  } catch (cause) {
    throw new Error(`${cause instanceof Error ? cause.message : String(cause)} Homes, logs and network: ${folder}`, {
      cause,
    });
  } finally {
    failed.abort();
    await cast.close();
    await kit.close();
  }
  const before = besides.result();
  const inStorm = tally.result();
  const result: Result = {
    ...inStorm,
    lost: inStorm.lost + before.lost,
    duplicateSends: inStorm.duplicateSends + before.duplicateSends,
    redeliveries: inStorm.redeliveries + before.redeliveries,
    ...book.result(),
    ...findings,
    troubles: kit.happened,
  };
  if (isClean(result)) await rm(folder, { recursive: true, force: true });
  return { ...result, folder: isClean(result) ? null : folder };
}
