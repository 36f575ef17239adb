import { homedir } from 'node:os';
import { wallClock } from '@xmtp-messaging/errors';
import { type Mailbox, type MailboxSigner, type openMailbox, preloadSdk } from '@xmtp-messaging/xmtp-core';
import { type AgentHints, agentHints } from './agent-hints.ts';
import type { AgentOptions, WalletOptions } from './agent-options.ts';
import { agentOptionsSchema, checkAgentOptions } from './agent-options-schema.ts';
import { type Attachments, createAttachments } from './attachments/create-attachments.ts';
import { createLoopGuard, type LoopGuard } from './delivery/create-loop-guard.ts';
import { openAgentHome } from './home/open-agent-home.ts';
import { type OpenedSigner, openSigner } from './home/open-signer.ts';
import { hasNoPassphrase, recordWallet } from './home/wallet-record.ts';
import { createTellFindings } from './inbound/create-tell-findings.ts';
import { type AgentResolver, createResolver } from './names/create-resolver.ts';
import { type AgentRuntime, createAgentRuntime, type AgentRuntimeOptions } from './runtime/create-agent-runtime.ts';
import { openAgentMailbox } from './runtime/open-agent-mailbox.ts';
import { silent } from './silent.ts';
import { createUploads } from './uploads/create-uploads.ts';
import type { AgentHome } from './types.ts';

/** How to start an agent that opens in the background. */
export interface StartAgentOptions extends AgentOptions {
  /** Signs in place of the wallet, which is then only a name. @default the wallet in its OWS vault */
  signer?: (MailboxSigner & { readonly address: `0x${string}` }) | undefined;
  /** Awaited before anything is touched. @default nothing */
  after?: Promise<void> | undefined;
  /** Runs each attempt to open, for a program that lets only so many agents do so side by side. @default at once */
  attempt?: AgentRuntimeOptions['attempt'] | undefined;
  /** Go on trying what only somebody outside can mend, such as a wallet that is not there yet. @default true */
  waitsForMending?: boolean | undefined;
  /** Make `operator.token` in the home where there is none, for a front end that asks for it. @default false */
  operatorToken?: boolean | undefined;
  /** Works on the open mailbox; its end, for which it has `timeoutMs` milliseconds, is awaited before the mailbox closes. @default nothing */
  onOpen?: AgentRuntimeOptions['onOpen'] | undefined;
  /** Told that somebody who is not heard may have written, or put the agent into a group; `mailbox.inbox.knocks()` says who. @default nobody */
  onKnock?: (() => void) | undefined;
  /** The words of errors that say what to do. @default those of this package */
  hints?: AgentHints | undefined;
  /** Opens the mailbox. @default `openMailbox` of `@xmtp-messaging/xmtp-core` */
  openMailbox?: typeof openMailbox | undefined;
}

/** An agent that is opening, open, or closing. */
export interface RunningAgent extends AgentRuntime {
  /** The one that sending uses. */
  readonly resolver: AgentResolver;
  /** The one that counts automatic answers. */
  readonly loopGuard: LoopGuard;
  /** Files of messages. */
  readonly attachments: Attachments;
  /** Whether the wallet was seen to sign without a passphrase. */
  passphraseEmpty: () => boolean;
}

/**
 * Starts an agent: it opens in the background, again and again while that may help, and says meanwhile how it fares.
 * @throws AgentError INVALID_OPTION; UPLOAD_NOT_CONFIGURED: the settings of uploads cannot be used
 */
export function startAgent(options: StartAgentOptions): RunningAgent {
  checkAgentOptions(agentOptionsSchema, options);
  const { logger = silent, metrics = silent, hints = agentHints, now = wallClock, random = Math.random } = options;
  const wallet = walletOf(options.wallet);
  const record = { wallet: wallet.name, vaultHome: wallet.home };
  const resolver = createResolver(options.names, now);
  const loopGuard = createLoopGuard({ limit: options.repliesPerWindow ?? 20, now });
  const attachments = createAttachments(options.attachments);
  const uploads = options.uploads === undefined ? null : createUploads(options.uploads);
  const tellFindings = createTellFindings({ logger, metrics });
  let opened: OpenedSigner | null = null;
  let passphraseEmpty = false;

  const onWarning = (warning: string) => {
    logger.warn({ event: 'signer-warned', warning });
    passphraseEmpty ||= warning.includes('without a passphrase');
  };
  const openHome = async (signal: AbortSignal): Promise<AgentHome> => {
    await options.after;
    signal.throwIfAborted();
    const { homeRoot } = options;
    const isAsked = options.signer === undefined && opened === null;
    const asked = isAsked ? openSigner({ wallet, homeRoot, logger, signal, onWarning }) : null;
    // The vault is asked in another process, and what loads meanwhile takes this one.
    if (options.openMailbox === undefined) preloadSdk();
    if (asked !== null) opened = await asked;
    const home = await openAgentHome({
      address: (options.signer ?? opened!.signer).address,
      homeRoot,
      boundaryMode: options.boundaryMode ?? 'delimit',
      mode: options.mode ?? 'closed',
      shownText: options.shownText,
      operatorToken: options.operatorToken,
      modelTokens: options.modelTokens,
      scrubReplies: options.scrubReplies,
      secrets: () => [
        ...secretsOf(options.secrets),
        ...(uploads?.secrets ?? []),
        ...(typeof wallet.credential === 'string' ? [wallet.credential] : []),
      ],
      tellFindings,
      uploads,
      resolver,
      hints,
      logger,
      now,
      signal,
    });
    const { mode = 'closed' } = options;
    if (home.audit.last('mode') !== mode) home.audit.record({ by: 'program', action: 'mode', mode });
    return home;
  };
  const open = async (home: AgentHome, signal: AbortSignal): Promise<Mailbox> => {
    const signer = options.signer ?? opened!.signer;
    const { openMailbox: openBy } = options;
    const parts = { signer, home, metrics, logger, now, random, signal, onKnock: options.onKnock };
    const mailbox = await openAgentMailbox({ agent: options, openMailbox: openBy, ...parts });
    if (wallet.credential === undefined) passphraseEmpty ||= hasNoPassphrase(home.path, record);
    if (opened?.source === 'vault') {
      // Only a start without the vault would miss it; the mailbox is open and must not be lost for it.
      await recordWallet(home.path, { ...record, withoutPassphrase: passphraseEmpty }).catch((error: unknown) =>
        logger.warn({ event: 'wallet-not-noted', err: error }),
      );
    }
    return mailbox;
  };

  const runtime = createAgentRuntime({
    openHome,
    openMailbox: open,
    onOpen: (agent) => {
      const { mailbox, home } = agent;
      const reconsider = () =>
        void mailbox.reconsider().catch((error: unknown) => logger.warn({ event: 'reconsider-failed', err: error }));
      const unsubscribe = [
        home.allowlist.subscribe(reconsider),
        home.denylist.subscribe(reconsider),
        home.grouplist.subscribe(reconsider),
        ...(attachments.isAhead
          ? [mailbox.inbox.subscribe(({ messageId }) => void attachments.prefetch(mailbox, messageId))]
          : []),
      ];
      const worker = options.onOpen?.(agent);
      return {
        stop: async (limit) => {
          for (const stop of unsubscribe) stop();
          await worker?.stop(limit);
        },
      };
    },
    waitsForMending: options.waitsForMending ?? true,
    attempt: options.attempt,
    logger,
    hints,
    now,
    random,
  });
  return {
    ...runtime,
    resolver,
    loopGuard,
    attachments,
    passphraseEmpty: () => passphraseEmpty,
    close: async (limit) => {
      attachments.close();
      uploads?.close();
      await runtime.close(limit);
    },
  };
}

function secretsOf(secrets: AgentOptions['secrets'] = []): readonly string[] {
  return typeof secrets === 'function' ? secrets() : secrets;
}

function walletOf(wallet: string | WalletOptions): WalletOptions & { home: string } {
  const given = typeof wallet === 'string' ? { name: wallet } : wallet;
  return { ...given, home: given.home ?? homedir() };
}
