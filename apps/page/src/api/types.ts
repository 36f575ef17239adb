import type { components, MailboxClient } from '@xmtp-messaging/client';

type Schemas = components['schemas'];
export type Status = Schemas['Status'];
export type Message = Schemas['Message'] | Schemas['SentMessage'];
export type Conversation = Schemas['Conversation'];
export type Knock = Schemas['Knock'];
export type ListEntry = Schemas['ListEntry'];
export type Hour = Schemas['Hour'];

/** One agent, and how it is reached. */
export interface Api {
  client: MailboxClient;
  /** Before the paths of its routes: empty, or `/agents/NAME`. */
  base: string;
  token: string;
}
