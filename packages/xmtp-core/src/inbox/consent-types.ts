import type { Conversation } from '../sdk/conversation.ts';
import type { NativeClient } from '../sdk/native-client.ts';
import type { Address, MailboxEvent } from '../types.ts';
import type { BookedConversation } from './create-conversation-book.ts';
import type { DeniedStore } from './create-denied-store.ts';
import type { GroupStanding } from './create-group-standing.ts';

/** Keeps the SDK's consent in step with who is heard: what a denied conversation posts is not even fetched. */
export interface ConsentKeeper {
  /** Something of it was admitted. */
  allow(conversation: BookedConversation): void;
  /** Whether nobody in it whom we know of is expected: what it costs comes out of the share of strangers. */
  isStrange(conversation: BookedConversation): Promise<boolean>;
  /** Whether it was neither allowed nor denied, so not by us: what we make or answer is allowed. */
  isUndecided(conversation: BookedConversation): boolean;
  /** Nothing of it was admitted. Denies it when none of its other members may be heard. Returns whether it did. */
  denyIfUnwanted(conversation: BookedConversation, why?: 'silent'): Promise<boolean>;
  /** Denies it for a day, unless somebody whom the operator knows is in it: he must be heard. Returns whether it did. */
  denyForToday(conversation: BookedConversation): Promise<boolean>;
  /** The operator wants to be in it: it is allowed, denied or not. */
  accept(native: Conversation): void;
  /** The operator wants none of it, whoever is in it, until it is accepted. */
  refuse(native: Conversation): void;
  /** Lifts the denial of conversations that someone who may be heard is in by now. Returns them. */
  reconsider(): Promise<Conversation[]>;
  /** Something happened in a denied conversation: looks whether somebody who may be heard has joined it, at once or later. */
  rung(groupId: string): Promise<Conversation[]>;
  /** Looks at denied conversations whose turn it is: what was decided on their members of then need not hold now. */
  lookAgain: () => Promise<Conversation[]>;
  /** Whether the operator refused it; its denial is made good, should joining it anew have lifted it. */
  keepsRefused(native: Conversation): boolean;
  /** We write to it, which allows it, unless the operator refused it. Returns whether it is listened to. */
  used(native: Conversation): boolean;
}

/** What a consent keeper works with. */
export interface ConsentKeeperOptions {
  client: NativeClient;
  denied: DeniedStore;
  /** Without it nothing is ever denied. */
  isAllowed: ((address: Address) => boolean) | undefined;
  /** Without it those who may be heard. */
  isExpected?: ((address: Address) => boolean) | undefined;
  /** What is decided of a group, whoever is in it. */
  standingOf: (groupId: string) => GroupStanding;
  /** Milliseconds that have passed, on a clock that cannot be set. */
  elapsed: () => number;
  /** Milliseconds since the epoch, on a clock that does not step while this process runs. */
  steady: () => number;
  /** Told of what a look fetched without lifting anything: it takes space. @default nobody */
  onFetched?: ((native: Conversation) => Promise<void>) | undefined;
  /** Told of each denial. */
  onDenied: (groupId: string) => void;
  onEvent: (event: MailboxEvent) => void;
}
