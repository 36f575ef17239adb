import type { Agent, AgentMessage } from '@xmtp-messaging/agent';
import type { MailboxNetwork } from '@xmtp-messaging/xmtp-core';
import type { Finding } from '../doctor/types.ts';

/** What was found out, and how long it took. */
export interface CheckResult extends Finding {
  /** Milliseconds. */
  ms: number;
}

/** Where the check looks. */
export interface CheckPlace {
  network: MailboxNetwork;
  /** Of the node, or of the gateway. */
  url: string;
}

/** A throw-away agent, and what it heard. */
export interface Talker {
  agent: Agent;
  heard: readonly AgentMessage[];
}

/** Two of them who list each other. */
export interface Pair {
  alice: Talker;
  bob: Talker;
}

/** One question to the network. What it throws is a failure of this step alone. */
export interface CheckStep {
  name: string;
  run(signal: AbortSignal): Promise<Omit<Finding, 'check'>>;
}
