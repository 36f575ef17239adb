import type { Journal } from '../journal/open-journal.ts';

/** A conversation that is denied: the SDK neither fetches nor lists what is posted there. */
export interface DeniedConversation {
  groupId: string;
  type: 'dm' | 'group';
}

/** Which conversations are denied, so that the SDK need not be asked for a list of them. */
export interface DeniedStore {
  all(): DeniedConversation[];
  get(groupId: string): DeniedConversation | null;
  add(conversation: DeniedConversation): void;
  remove(groupId: string): void;
  /** Whether denials of earlier versions, which only the SDK knows, have been entered. */
  isComplete(): boolean;
  setComplete(): void;
}

const completeKey = 'denied-known';

export function createDeniedStore(journal: Journal): DeniedStore {
  const all = journal.prepare('select group_id, type from denied');
  const add = journal.prepare('insert or ignore into denied (group_id, type) values (?, ?)');
  const remove = journal.prepare('delete from denied where group_id = ?');
  const denied = new Map<string, DeniedConversation>();
  for (const row of all.all()) {
    const groupId = String(row['group_id']);
    denied.set(groupId, { groupId, type: row['type'] as DeniedConversation['type'] });
  }
  journal.onLost(() => {
    for (const { groupId, type } of denied.values()) journal.write(() => add.run(groupId, type));
  });

  return {
    all: () => [...denied.values()],
    get: (groupId) => denied.get(groupId) ?? null,
    add(conversation) {
      journal.write(() => add.run(conversation.groupId, conversation.type));
      denied.set(conversation.groupId, conversation);
    },
    remove(groupId) {
      journal.write(() => remove.run(groupId));
      denied.delete(groupId);
    },
    isComplete: () => journal.getMeta(completeKey) !== null,
    setComplete: () => journal.setMeta(completeKey, 'yes'),
  };
}
