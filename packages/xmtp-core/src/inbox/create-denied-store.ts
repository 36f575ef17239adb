import type { Journal } from '../journal/open-journal.ts';
import type { Address } from '../types.ts';

/** A conversation that is denied: the SDK neither fetches nor lists what is posted there. */
export interface DeniedConversation {
  groupId: string;
  type: 'dm' | 'group';
  /**
   * `budget`: strangers stored too much there. `silent`: a direct message of a stranger who has not written yet. `refused`: the
   * operator wants none of it, until it is accepted.
   */
  reason: 'nobody-heard' | 'budget' | 'silent' | 'group-not-listed' | 'groups-off' | 'refused';
  /** Who put us into a group, and the addresses of that inbox then; `null` when it is not known. */
  inviter: { inboxId: string; addresses: readonly Address[] } | null;
  /** Milliseconds since the epoch; 0 when it is not known. */
  at: number;
  /** Not lifted before, milliseconds since the epoch; `null`: whenever somebody may be heard there. */
  until: number | null;
}

/** Which conversations are denied, so that the SDK need not be asked for a list of them. */
export interface DeniedStore {
  all(): DeniedConversation[];
  /** Groups that the operator refused. */
  refused: () => string[];
  get(groupId: string): DeniedConversation | null;
  add(conversation: DeniedConversation): void;
  remove(groupId: string): void;
  /** Whether denials of earlier versions, which only the SDK knows, have been entered. */
  isComplete(): boolean;
  setComplete(): void;
}

const completeKey = 'denied-known';

export function createDeniedStore(journal: Journal): DeniedStore {
  const all = journal.prepare('select group_id, type, reason, at, until, inviter, inviter_addresses from denied');
  const add = journal.prepare(
    'insert or replace into denied (group_id, type, reason, at, until, inviter, inviter_addresses) values (?, ?, ?, ?, ?, ?, ?)',
  );
  const remove = journal.prepare('delete from denied where group_id = ?');
  const denied = new Map<string, DeniedConversation>();
  for (const row of all.all()) {
    const groupId = String(row['group_id']);
    denied.set(groupId, {
      groupId,
      type: row['type'] as DeniedConversation['type'],
      reason: row['reason'] as DeniedConversation['reason'],
      at: Number(row['at']),
      until: row['until'] as number | null,
      inviter:
        row['inviter'] === null
          ? null
          : { inboxId: String(row['inviter']), addresses: JSON.parse(String(row['inviter_addresses'])) as Address[] },
    });
  }
  const write = ({ groupId, type, reason, at, until, inviter }: DeniedConversation) =>
    journal.write(() =>
      add.run(
        groupId,
        type,
        reason,
        at,
        until,
        inviter?.inboxId ?? null,
        inviter === null ? null : JSON.stringify(inviter.addresses),
      ),
    );
  journal.onLost(() => {
    for (const conversation of denied.values()) write(conversation);
  });

  return {
    all: () => [...denied.values()],
    refused: () => [...denied.values()].flatMap(({ groupId, reason }) => (reason === 'refused' ? [groupId] : [])),
    get: (groupId) => denied.get(groupId) ?? null,
    add(conversation) {
      write(conversation);
      denied.set(conversation.groupId, conversation);
    },
    remove(groupId) {
      journal.run(remove, groupId);
      denied.delete(groupId);
    },
    isComplete: () => journal.getMeta(completeKey) !== null,
    setComplete: () => journal.setMeta(completeKey, 'yes'),
  };
}
