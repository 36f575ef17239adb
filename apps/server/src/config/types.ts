import type { AgentOptions } from '@xmtp-messaging/agent';
import type { LogLevel } from '../log/create-logger.ts';

/** Where accepted messages are pushed. Without it the agent pulls, or listens to the events. */
export type DeliveryTarget =
  | {
      kind: 'webhook';
      url: string;
      /** `whsec_` and base64, newest first; every one signs, so that they can be rotated. */
      secrets: readonly string[];
    }
  | {
      kind: 'rest-ap';
      /** Base URL; `/talk` and `/news` are called below it. */
      url: string;
    }
  | {
      kind: 'exec';
      /** Program and arguments, run for each message; no shell. */
      command: readonly [string, ...string[]];
      /** The whole environment of the program. */
      env: Readonly<Record<string, string>>;
      /** Where it runs. Absolute. */
      cwd: string;
    };

/** A secret in a file. */
export interface SecretFileSetting {
  path: string;
  /** Others may read it as well. @default false */
  allowShared?: boolean | undefined;
}

/** What a server passes on to its agent as it is. */
type OfTheAgent = Pick<
  AgentOptions,
  | 'mode'
  | 'openLimits'
  | 'groups'
  | 'knocks'
  | 'droppedTextMs'
  | 'journalMs'
  | 'journalBytes'
  | 'messagesMs'
  | 'strangerBytesPerDay'
  | 'boundaryMode'
  | 'modelTokens'
  | 'shownText'
  | 'hears'
  | 'wakes'
  | 'names'
  | 'attachments'
  | 'uploads'
  | 'historicalAfterMs'
  | 'bell'
  | 'allowManyInstallations'
>;

/** Everything a server needs to know. Nothing is read from the environment behind its back. */
export interface ServerConfig extends OfTheAgent {
  wallet: {
    /** Name or id of the wallet in the OWS vault. */
    name: string;
    /** The folder whose `.ows` is the vault. Absolute. */
    home: string;
    /** Passphrase or token of the wallet. */
    credential?: string | undefined;
    /** Where it is read again at each signature, so that a file that was corrected needs no restart. Wins over `credential`. */
    credentialFile?: SecretFileSetting | undefined;
    /** Program and leading arguments. @default the packaged `ows` */
    command?: readonly [string, ...string[]] | undefined;
  };
  /** Folder that holds one home per address. Absolute. */
  homeRoot: string;
  network: {
    env: 'local' | 'dev' | 'production';
    apiUrl?: string | undefined;
    gatewayHost?: string | undefined;
  };
  http: {
    /** @default '127.0.0.1' */
    host?: string | undefined;
    /** 0 picks a free port. @default 4101 */
    port?: number | undefined;
    /**
     * Required of agents when set; must be set unless `host` is a loopback address. One token a line, and after it
     * `read` or `send` where it is not good for both.
     */
    token?: string | undefined;
    /** What a caller may name in the header `Xmtp-Agent`, beside the address; a request that names another is refused. @default none */
    agent?: string | undefined;
    /** Path before all routes, such as `/agents/ana`. Behind the port of several agents it is given. @default none */
    basePath?: string | undefined;
    /** Where those lines are read again and again, so that a token can be exchanged. Wins over `token`. */
    tokenFile?: SecretFileSetting | undefined;
    /** Required of the operator, in the same form. @default `operator.token` of the home, made at the first start */
    operatorToken?: string | undefined;
    /** Wins over `operatorToken`. */
    operatorTokenFile?: SecretFileSetting | undefined;
    /** Names, beside the loopback ones and `host`, that a `Host` header may carry. @default [] */
    allowedHosts?: readonly string[] | undefined;
    /** How many requests one caller may make in a minute; a sixth of them at once. @default 12_000 */
    requestsPerMinute?: number | undefined;
    /** Wrong tokens from one address before it is slowed down. @default 20 */
    freeAuthFailures?: number | undefined;
    /** Who may read `/metrics`: as every route, under any host name, or without a token as well. @default 'guarded' */
    metrics?: 'guarded' | 'any-host' | 'open' | undefined;
    /** How many sends a caller may ask for in a minute; five times that in a burst. @default 600 */
    sendsPerMinute?: number | undefined;
  };
  delivery?:
    | {
        target?: DeliveryTarget | undefined;
        /** Deliver to private networks too. Loopback and public addresses need no permission. @default false */
        allowPrivate?: boolean | undefined;
        /** How long one delivery may take, milliseconds. @default 30_000 */
        timeoutMs?: number | undefined;
        /** How long a REST-AP agent may think about one message, milliseconds. @default 600_000 */
        answerTimeoutMs?: number | undefined;
        /** Failed attempts before a message is dead; with the default pauses, twenty take half an hour. @default 20 */
        maxAttempts?: number | undefined;
        /** Conversations served side by side. @default 8 */
        concurrency?: number | undefined;
        /** Delay before the second attempt, doubled for each further one up to three minutes, milliseconds. @default 1_000 */
        retryBaseMs?: number | undefined;
        /** Replies to one conversation in ten minutes, ten times that in a day; 0: no automatic ones. @default 20 */
        repliesPerWindow?: number | undefined;
        /** Send automatic answers into groups in which somebody may not be heard, who reads them. @default false */
        answersInMixedGroups?: boolean | undefined;
        /** Take secrets, chat-template tokens and boundary marks out of what the agent says. @default true */
        scrubReplies?: boolean | undefined;
      }
    | undefined;
  /** Where the operator is told of knocks. Which networks may be reached, and how often it is tried, are as for deliveries. */
  knockWebhook?: { url: string; secrets: readonly string[] } | undefined;
  /** Keep `inbox/pending` in the home while mail is pending. @default false */
  signalFile?: boolean | undefined;
  /** How long a graceful stop may take, milliseconds. @default 10_000 */
  shutdownTimeoutMs?: number | undefined;
  /** @default 'info' */
  logLevel?: LogLevel | undefined;
}
