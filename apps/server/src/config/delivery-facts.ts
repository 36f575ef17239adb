import { logLevels } from '../log/create-logger.ts';
import type { VariableFacts } from './fact-types.ts';

export const secretFile =
  'the absolute path of a file that only its owner may read (mode 0600), or of a mounted secret';

/** Of the way to the agent, what it is shown and how long things may take. */
export const deliveryFacts = {
  XMTP_WEBHOOK_URL: {
    expected: 'an https URL, or http on loopback or an allowed private network',
    help: 'Accepted messages are posted there, signed by Standard Webhooks.',
  },
  XMTP_WEBHOOK_SECRET: {
    expected: 'one to five secrets, each whsec_ and base64 of 24 to 64 bytes, separated by spaces',
    help: 'Signs the webhooks; several for rotation, newest first.',
  },
  XMTP_WEBHOOK_SECRET_FILE: { expected: secretFile, help: 'File that holds the webhook secrets instead.' },
  XMTP_KNOCK_WEBHOOK_URL: {
    expected: 'an https URL, or http on loopback or an allowed private network',
    help: 'The operator is told there who knocks, and how often; signed by Standard Webhooks, at most once a minute.',
  },
  XMTP_KNOCK_WEBHOOK_SECRET: {
    expected: 'one to five secrets, each whsec_ and base64 of 24 to 64 bytes, separated by spaces',
    help: 'Signs what is told of knocks. Another than XMTP_WEBHOOK_SECRET, which the agent knows.',
  },
  XMTP_KNOCK_WEBHOOK_SECRET_FILE: { expected: secretFile, help: 'File that holds these secrets instead.' },
  XMTP_SIGNAL_FILE: {
    expected: 'true or false',
    help: 'Keep the file inbox/pending in the home while mail is pending, with the count, for agents that watch a folder.',
    default: 'false',
    echo: true,
  },
  XMTP_AGENT_URL: {
    expected: 'an https URL, or http on loopback or an allowed private network',
    help: 'REST-AP agent to talk to: POST {url}/talk, GET {url}/news.',
  },
  XMTP_EXEC: {
    expected: 'a path, or a JSON array of program and arguments',
    help: 'Program that is run for each message, which it gets as JSON on standard input. Exit code 0 acknowledges; what it prints is the reply.',
  },
  XMTP_EXEC_ENV: {
    expected: 'names of variables, separated by spaces or commas, none that begins with OWS_ or XMTP_',
    help: 'What of the environment the program gets beside HOME and PATH.',
    echo: true,
  },
  XMTP_DELIVERY_PRIVATE: {
    expected: 'true or false',
    help: 'Allow webhook and agent URLs on private networks. Loopback is always allowed.',
    default: 'false',
    echo: true,
  },
  XMTP_DELIVERY_TIMEOUT: {
    expected: 'milliseconds from 100 to 600000',
    help: 'How long one delivery may take.',
    default: '30000',
    echo: true,
  },
  XMTP_ANSWER_TIMEOUT: {
    expected: 'milliseconds from 1000 to 86400000',
    help: 'How long a REST-AP agent or a program may think about one message.',
    default: '600000',
    echo: true,
  },
  XMTP_DELIVERY_ATTEMPTS: {
    expected: 'a whole number from 1 to 1000',
    help: 'Failed attempts before a message becomes a dead letter.',
    default: '20',
    echo: true,
  },
  XMTP_DELIVERY_CONCURRENCY: {
    expected: 'a whole number from 1 to 256',
    help: 'Conversations served side by side.',
    default: '8',
    echo: true,
  },
  XMTP_DELIVERY_RETRY_BASE: {
    expected: 'milliseconds from 10 to 600000',
    help: 'Delay before the second attempt; doubles, up to three minutes.',
    default: '1000',
    echo: true,
  },
  XMTP_REPLY_LIMIT: {
    expected: 'a whole number from 0 to 10000',
    help: 'Replies to one conversation in ten minutes, ten times that in a day. 0 sends no automatic ones.',
    default: '20',
    echo: true,
  },
  XMTP_MIXED_GROUP_ANSWERS: {
    expected: 'true or false',
    help: 'Send automatic answers into groups in which somebody may not be heard, who reads them.',
    default: 'false',
    echo: true,
  },
  XMTP_SCRUB_REPLIES: {
    expected: 'true or false',
    help: 'Take secrets, chat-template tokens and boundary marks out of what the agent says.',
    default: 'true',
    echo: true,
  },
  XMTP_ATTACHMENTS: {
    expected: 'never, on-request or images',
    help: 'When files that lie elsewhere are fetched: never, when they are asked for, or images ahead, into memory.',
    default: 'on-request',
    echo: true,
  },
  XMTP_ATTACHMENT_MAX: {
    expected: 'a whole number from 1 to 1000000000',
    help: 'Largest file that is fetched, bytes.',
    default: '25000000',
    echo: true,
  },
  XMTP_ATTACHMENT_TIMEOUT: {
    expected: 'a whole number from 100 to 3600000',
    help: 'How long one file may take, milliseconds.',
    default: '60000',
    echo: true,
  },
  XMTP_ATTACHMENT_PRIVATE: {
    expected: 'true or false',
    help: 'Fetch files from this machine and private networks too. Senders choose the URLs.',
    default: 'false',
    echo: true,
  },
  XMTP_HISTORICAL_AFTER: {
    expected: 'milliseconds from 0 to 31536000000',
    help: 'Messages that waited longer are marked historical.',
    default: '3600000',
    echo: true,
  },
  XMTP_BELL: { expected: 'on or off', help: 'Light subscriptions that speed up receiving.', default: 'on', echo: true },
  XMTP_MANY_INSTALLATIONS: {
    expected: 'true or false',
    help: 'Register although 8 of 10 installations are used.',
    default: 'false',
    echo: true,
  },
  XMTP_SHUTDOWN_TIMEOUT: {
    expected: 'milliseconds from 0 to 600000',
    help: 'How long a graceful stop may take.',
    default: '10000',
    echo: true,
  },
  XMTP_LOG_LEVEL: { expected: logLevels.join(', '), help: 'What is logged.', default: 'info', echo: true },
} as const satisfies Record<string, VariableFacts>;
