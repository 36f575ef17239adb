import type { Optional } from '@xmtp-messaging/errors';
import type { XidOptions } from '@xmtp-messaging/ens-resolver';
import type { BoundaryMode, TextLimits } from '@xmtp-messaging/inbound-guard';
import type { MailboxNetwork } from '@xmtp-messaging/xmtp-core';
import type { AttachmentsOptions } from './attachments/create-attachments.ts';
import type { UploadOptions } from './uploads/upload-options.ts';
import type { MessageKind } from './inbound/choose-kinds.ts';
import type { AgentLogger, AgentMetrics } from './types.ts';

/** Which wallet the agent is. */
export interface WalletOptions {
  /** Name or id of the wallet in the OWS vault. */
  name: string;
  /** The folder whose `.ows` is the vault. Absolute. @default the home folder of the user */
  home?: string | undefined;
  /** Passphrase or token of the wallet; a function is asked at each signature. @default none: the wallet has no passphrase */
  credential?: string | (() => string | Promise<string>) | undefined;
  /** Program and leading arguments. @default the packaged `ows` */
  command?: readonly [string, ...string[]] | undefined;
}

/** Where names are looked up. */
export interface NamesOptions {
  /** YAML file of local names. @default none */
  hostsFile?: string | undefined;
  /** @default `id-cli`, where it is installed */
  idCliCommand?: readonly [string, ...string[]] | undefined;
  /** Where id-cli is searched for, written like PATH. @default the folder of the running Node and the system's */
  idCliSearchPath?: string | undefined;
  /** What id-cli gets of the environment, such as `RPC_URL_BASE`. @default {} */
  idCliEnvironment?: Readonly<Record<string, string>> | undefined;
  /** Reads the registry of `*.xid.eth` from a Base node where id-cli is not installed. @default none */
  xid?: XidOptions | undefined;
  /** @default https://api.web3.bio */
  web3BioUrl?: string | undefined;
  /** @default none */
  web3BioApiKey?: string | undefined;
  /** RPC endpoint that must confirm what the other sources say. @default none */
  ethRpcUrl?: string | undefined;
}

/** How much strangers may write in open mode. */
export interface OpenLimit {
  /** Messages at once. */
  burst: number;
  /** Messages a minute after that. */
  perMinute: number;
}

/** How to open an agent. */
export interface AgentOptions {
  /** Name or id of a wallet in the OWS vault of this user, or more than that. */
  wallet: string | WalletOptions;
  /** Which network the mailbox lives on. `appVersion` defaults to this package. */
  network: MailboxNetwork;
  /** Folder that holds one home per address. Absolute. @default ~/.xmtp */
  homeRoot?: string | undefined;
  /** `open`: strangers are heard as well, but for those on the denylist. @default 'closed' */
  mode?: 'closed' | 'open' | undefined;
  /** How much is heard of strangers in open mode; what goes beyond it is dropped. Without effect in closed mode. */
  openLimits?:
    | {
        /** Of one stranger. @default burst 5, 2 a minute */
        sender?: OpenLimit | undefined;
        /** Of all strangers together; half of it is kept for those who were not heard before. @default burst 20, 12 a minute */
        total?: OpenLimit | undefined;
      }
    | undefined;
  /**
   * In which groups to hear those on the allowlist, and nobody else, in open mode too: in all but those that were refused, in those
   * of `grouplist.yaml` alone, or in none. @default 'listed-senders'
   */
  groups?: 'listed-senders' | 'listed-groups' | 'off' | undefined;
  /**
   * What becomes of what somebody wrote before he was admitted: all of it is dropped, or all of it that is still there is shown
   * and marked `knock`. Of somebody who was denied it is always dropped. @default 'dropped'
   */
  knocks?: 'dropped' | 'shown' | undefined;
  /** How long text that was dropped stays in the message database, milliseconds. @default 30 days */
  droppedTextMs?: number | undefined;
  /**
   * How long handled messages and settled sends are listed, milliseconds, at least a day; afterwards they are found by their ids and in
   * their conversations alone. `null`: always. @default 30 days
   */
  journalMs?: number | null | undefined;
  /** Bytes of the journal beyond which they leave its lists sooner, though not within a day. @default no limit */
  journalBytes?: number | null | undefined;
  /**
   * How long messages are kept, ours and others', with their files, milliseconds, at least eight days: conversations begin there. What is
   * pending, dead or not yet sent stays. @default null: always
   */
  messagesMs?: number | null | undefined;
  /**
   * Bytes of dropped text that strangers may store in 24 hours, all together; a conversation with a quarter of it is denied
   * for a day. @default 20_000_000
   */
  strangerBytesPerDay?: number | undefined;
  /** How the text of strangers is fenced. @default 'delimit' */
  boundaryMode?: BoundaryMode | undefined;
  /** How much of a message stands in its block; the rest is read in pages. @default 16,384 bytes, 512 lines */
  shownText?: Optional<TextLimits> | undefined;
  /** Kinds of messages that are heard of heard senders; others are dropped. @default all */
  hears?: readonly MessageKind[] | undefined;
  /**
   * Kinds that wake the agent; others are recorded and listed.
   * @default all but reaction, readReceipt, groupUpdated, leaveRequest and deleteMessage
   */
  wakes?: readonly MessageKind[] | undefined;
  /** Tokens of the agent's model that the guard does not know by their shape, as its tokenizer spells them. @default [] */
  modelTokens?: readonly string[] | undefined;
  /** How names are resolved. @default {} */
  names?: NamesOptions | undefined;
  /** Replies to one conversation in ten minutes, ten times that in a day; 0: no automatic ones. @default 20 */
  repliesPerWindow?: number | undefined;
  /** Send automatic answers into groups in which somebody may not be heard, who reads them. @default false */
  answersInMixedGroups?: boolean | undefined;
  /** Take secrets, chat-template tokens and boundary marks out of what the agent says. @default true */
  scrubReplies?: boolean | undefined;
  /** Exact secrets of the program, which leave in no message, scrubbing or not. @default [] */
  secrets?: readonly string[] | (() => readonly string[]) | undefined;
  /** How files of messages are fetched. */
  attachments?: AttachmentsOptions | undefined;
  /** Where files go that are sent from elsewhere. @default nowhere */
  uploads?: UploadOptions | undefined;
  /** Messages that waited longer are marked `historical`, milliseconds. @default 3_600_000 */
  historicalAfterMs?: number | undefined;
  /** Light subscriptions of the mailbox. @default true */
  bell?: boolean | undefined;
  /** Register although 8 of 10 installations are used. @default false */
  allowManyInstallations?: boolean | undefined;
  /** Told what happens: ids, codes and counts, never text. A pino logger fits. @default nobody */
  logger?: AgentLogger | undefined;
  /** Told what to count. @default nobody */
  metrics?: AgentMetrics | undefined;
  /** Milliseconds since the epoch. @default the wall clock */
  now?: (() => number) | undefined;
  /** @default Math.random */
  random?: (() => number) | undefined;
}
