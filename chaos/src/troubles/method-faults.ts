import { setTimeout as delay } from 'node:timers/promises';
import type { Player } from '../assemble-cast.ts';
import { tells, type StatusBody } from './tells.ts';
import type { Scene, TroubleKind } from './kind.ts';
import { untilWell } from './until-well.ts';

/** What servers ask the network for while they run. */
const methods = [
  'SendGroupMessages',
  'QueryGroupMessages',
  'QueryWelcomeMessages',
  'GetIdentityUpdates',
  'GetInboxIds',
  'FetchKeyPackages',
  'SubscribeGroupMessages',
  'SubscribeWelcomeMessages',
];
/** From the first refusal on. */
const toldWithinMs = 30_000;
/** Without a refusal: nobody needed the method. */
const unmetAfterMs = 10_000;
const recoveredWithinMs = 60_000;

/** Before the storm, so that nothing else can be what the status tells of. */
export const methodFaults: TroubleKind = {
  about: 'one method of the network fails: /readyz and /xmtp/status must tell, and be well again afterwards',
  equip: () => ({
    async prepare(scene) {
      const method = methods[scene.seed % methods.length]!;
      await untilWell(scene, recoveredWithinMs);
      scene.tell(`${method} fails`);
      const before = await scene.faults.injected();
      const end = await scene.faults.add({ errors: [{ method, code: 'UNAVAILABLE' }] });
      if (method.startsWith('Subscribe')) await scene.faults.dropStreams();
      const stop = new AbortController();
      const provoking = provoke(scene, stop.signal);
      const start = performance.now();
      let firstRefusal = Number.POSITIVE_INFINITY;
      let outcome: 'told' | 'untold' | 'unmet' | null = null;
      while (outcome === null) {
        const now = performance.now();
        if (firstRefusal === Number.POSITIVE_INFINITY && (await scene.faults.injected()) > before) firstRefusal = now;
        const looks = await Promise.all(scene.cast.players.map(look));
        scene.count('contradictions', looks.filter(({ contradicts }) => contradicts).length);
        if (firstRefusal < now && looks.some(({ told }) => told)) outcome = 'told';
        else if (now - firstRefusal > toldWithinMs) outcome = 'untold';
        else if (firstRefusal === Number.POSITIVE_INFINITY && now - start > unmetAfterMs) outcome = 'unmet';
        await delay(100, undefined, { signal: scene.signal });
      }
      scene.tell(`${method} fails: ${outcome}`);
      if (outcome === 'untold') scene.count('untold');
      await end();
      // The status tells what the last real work showed: work goes on.
      await untilWell(scene, recoveredWithinMs);
      stop.abort();
      await provoking;
      return outcome === 'unmet' ? 0 : 1;
    },
  }),
};

/** Does what needs the network: sends to somebody known and, now and then, to somebody who is not. Nobody minds a refusal. */
async function provoke({ cast, random, owner }: Scene, signal: AbortSignal): Promise<void> {
  for (const players = cast.players; !signal.aborted;) {
    const from = players[Math.floor(random() * players.length)]!;
    const to = random() < 0.3 ? owner.address : players[Math.floor(random() * players.length)]!.address;
    if (to !== from.address)
      await from
        .agent()
        .request('POST', '/xmtp/send', { to, message: 'Do you hear me?' })
        .catch(() => {});
    await delay(200, undefined, { signal }).catch(() => {});
  }
}

/** Whether the status tells, and whether `/readyz` says something else than the status just before and just after it. */
async function look(player: Player): Promise<{ told: boolean; contradicts: boolean }> {
  const ask = async () => (await player.agent().request('GET', '/xmtp/status')).body as StatusBody;
  const before = await ask();
  const { status } = await player.agent().request('GET', '/readyz');
  const after = await ask();
  const isSteady = before.connected === after.connected;
  return { told: tells(after), contradicts: isSteady && (status === 200) !== after.connected };
}
