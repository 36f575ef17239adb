import type { Conversation } from '../sdk/conversation.ts';
import { createWindowReader } from '../sdk/create-window-reader.ts';
import type { DroppedTexts } from './create-dropped-texts.ts';
import type { InboundStore } from './create-inbound-store.ts';

const pageSize = 200;

/**
 * Looking at who is in a denied group fetches what was posted there as well: it counts among what strangers stored, and is
 * deleted like the rest of it.
 */
export async function accountFor(
  native: Conversation,
  { ownInboxId, inbound, texts }: { ownInboxId: string; inbound: Pick<InboundStore, 'has'>; texts: DroppedTexts },
): Promise<void> {
  const conversation = { groupId: native.id, id: native.id, type: 'group' } as const;
  const read = createWindowReader(native);
  let afterNs: bigint | undefined;
  for (;;) {
    const page = await read({ exceptOf: ownInboxId, limit: pageSize, sentAfterNs: afterNs });
    for (const message of page) if (!inbound.has(message.id)) texts.add(conversation, message, 'stranger');
    texts.sweep();
    const lastNs = page.at(-1)?.sentAtNs;
    if (page.length < pageSize || lastNs === undefined || lastNs === afterNs) return;
    afterNs = lastNs;
  }
}
