import { messageKinds, quietKinds } from '@xmtp-messaging/agent';
import { tokenForm } from '../callers/parse-tokens.ts';
import { deliveryFacts, secretFile } from './delivery-facts.ts';
import type { VariableFacts } from './fact-types.ts';
import { uploadFacts } from './upload-facts.ts';
import type { VariableName } from './variables.ts';

const port = { expected: 'a whole number from 0 to 65535', echo: true };

/** What the help and the errors say of each variable. */
export const variableFacts: Readonly<Record<VariableName, VariableFacts>> = {
  OWS_WALLET: {
    expected: 'the name or id of a wallet',
    help: 'Wallet in the OWS vault that is the identity of this agent. Required.',
  },
  OWS_PASSPHRASE: {
    expected: 'the passphrase or token of the wallet',
    help: 'Passphrase, or better an ows_key_ token, of the wallet.',
  },
  OWS_PASSPHRASE_FILE: { expected: secretFile, help: 'File that holds the passphrase or token instead.' },
  OWS_COMMAND: {
    expected: 'a path, or a JSON array of program and arguments',
    help: 'How to run ows, for example through another user.',
    default: 'the packaged binary',
  },
  HOME: { expected: 'an absolute path', help: 'Home of the user; its .ows folder is the vault.' },
  XMTP_HOME: {
    expected: 'an absolute path',
    help: 'Folder that holds one home folder for each address.',
    default: '$HOME/.xmtp',
  },
  XMTP_ENV: { expected: 'local, dev or production', help: 'XMTP network.', default: 'production', echo: true },
  XMTP_API_URL: { expected: 'an http or https URL', help: 'Node to talk to instead of the one that XMTP_ENV implies.' },
  XMTP_GATEWAY_HOST: {
    expected: 'an http or https URL',
    help: 'Gateway of the decentralised network; used for reads and writes when set.',
  },
  PORT: { ...port, help: 'Port to listen on; 0 picks a free one.', default: 'ID_AGENT_PORT, then 4101' },
  ID_AGENT_PORT: { ...port, help: 'Port to listen on when PORT is absent.', default: '4101' },
  HOST: {
    expected: 'an IP address or host name',
    help: 'Address to listen on. Anything but loopback needs a token.',
    default: '127.0.0.1',
    echo: true,
  },
  XMTP_API_TOKEN: {
    expected: tokenForm,
    help: "Bearer token that the agent must show; with read or send after it, good for that alone. It never opens the operator's routes.",
  },
  XMTP_API_TOKEN_FILE: {
    expected: secretFile,
    help: 'File that holds it instead, or several, a line each; read again while the server runs.',
  },
  XMTP_OPERATOR_TOKEN: {
    expected: tokenForm,
    help: 'Bearer token of the operator, who decides on trust: lists, knocks, dead letters, metrics.',
    default: 'the file operator.token of the home folder, made at the first start',
  },
  XMTP_OPERATOR_TOKEN_FILE: {
    expected: secretFile,
    help: 'File that holds it instead, or several, a line each; read again while the server runs.',
  },
  XMTP_AGENT: {
    expected: '1 to 128 letters, digits, dots, hyphens and underscores',
    help: 'What callers may say in the header Xmtp-Agent, beside the address, to reach this server and no other.',
    echo: true,
  },
  XMTP_BASE_PATH: {
    expected: 'a path such as /agents/ana, without a slash at its end',
    help: 'Path before all routes of this agent. Behind the port of several agents it is /agents/NAME.',
    echo: true,
  },
  XMTP_AGENTS_FILE: {
    expected: 'the absolute path of a JSON file that only its owner may read (mode 0600)',
    help: 'Several agents in this process, behind one port; see "Several agents in one process".',
  },
  XMTP_ALLOWED_HOSTS: {
    expected: 'host names or addresses, separated by commas',
    help: 'Names, beside localhost, under which callers may address the server.',
    echo: true,
  },
  XMTP_METRICS: {
    expected: 'guarded, any-host or open',
    help: 'Who may read /metrics: callers as on every route, also under any host name, or also without a token.',
    default: 'guarded',
    echo: true,
  },
  XMTP_SHARED_SECRET_FILES: {
    expected: 'true or false',
    help: 'Take secret files that others may read, as some orchestrators mount them. Files on a read-only mount need no permission.',
    default: 'false',
    echo: true,
  },
  XMTP_REQUESTS_PER_MINUTE: {
    expected: 'a whole number from 6 to 10000000',
    help: 'Requests that one caller may make in a minute; a sixth of them at once. With a token, all who show it are one caller.',
    default: '12000',
    echo: true,
  },
  XMTP_AUTH_FAILURES: {
    expected: 'a whole number from 1 to 1000000',
    help: 'Requests with a wrong token from one address before pauses begin, which double up to 15 minutes. The right token is always taken.',
    default: '20',
    echo: true,
  },
  XMTP_SENDS_PER_MINUTE: {
    expected: 'a whole number from 1 to 1000000',
    help: 'Sends that one caller may ask for in a minute; bursts of five times that pass.',
    default: '600',
    echo: true,
  },
  XMTP_OPEN_MODE: {
    expected: 'true or false',
    help: 'true: hear anyone who is not on the denylist. false: only the allowlist.',
    default: 'false',
    echo: true,
  },
  XMTP_OPEN_SENDER_LIMIT: {
    expected: 'two whole numbers from 1 to 999999 such as 5,2',
    help: 'Open mode: messages of one stranger at once, and a minute after that.',
    default: '5,2',
    echo: true,
  },
  XMTP_OPEN_TOTAL_LIMIT: {
    expected: 'two whole numbers from 1 to 999999 such as 20,12',
    help: 'Open mode: messages of all strangers at once, and a minute after that; half is kept for first messages.',
    default: '20,12',
    echo: true,
  },
  XMTP_GROUPS: {
    expected: 'listed-senders, listed-groups or off',
    help: 'In which groups those on the allowlist are heard: in all, in those of grouplist.yaml, or in none.',
    default: 'listed-senders',
    echo: true,
  },
  XMTP_KNOCKS: {
    expected: 'dropped or shown',
    help: 'What somebody wrote before he was admitted: all dropped, or all shown and marked knock.',
    default: 'dropped',
    echo: true,
  },
  XMTP_DROPPED_DAYS: {
    expected: 'a whole number from 0 to 3650',
    help: 'Days that text which was dropped stays in the message database.',
    default: '30',
    echo: true,
  },
  XMTP_JOURNAL_DAYS: {
    expected: 'a whole number from 0 to 3650',
    help: 'Days that handled messages and settled sends are listed, then by their ids and conversations alone; 0: always.',
    default: '30',
    echo: true,
  },
  XMTP_JOURNAL_BYTES: {
    expected: 'a whole number from 1000000 to 1000000000000',
    help: 'Bytes of the journal beyond which they leave its lists sooner, though not within a day.',
    echo: true,
  },
  XMTP_MESSAGES_DAYS: {
    expected: '0, or a whole number from 8 to 3650',
    help: 'Days that messages are kept, ours and others’, with their files; 0: always. What is pending, dead or unsent stays.',
    default: '0',
    echo: true,
  },
  XMTP_STRANGER_BYTES: {
    expected: 'a whole number from 10000 to 1000000000000',
    help: 'Bytes of dropped text that strangers may store in a day; a conversation with a quarter of it is denied for a day.',
    default: '20000000',
    echo: true,
  },
  XMTP_BOUNDARY_MODE: {
    expected: 'delimit, datamark, json or encode',
    help: 'How the text of strangers is fenced.',
    default: 'delimit',
    echo: true,
  },
  XMTP_SHOWN_BYTES: {
    expected: 'a whole number from 1024 to 131072',
    help: 'Bytes of a message that its block holds; the rest is read in pages.',
    default: '16384',
    echo: true,
  },
  XMTP_SHOWN_LINES: {
    expected: 'a whole number from 16 to 10000',
    help: 'Lines of a message that its block holds; the rest is read in pages.',
    default: '512',
    echo: true,
  },
  XMTP_HEARS: {
    expected: `names out of ${messageKinds.join(', ')}; or none`,
    help: 'Kinds of messages that are heard of heard senders; others are dropped.',
    default: 'all',
    echo: true,
  },
  XMTP_WAKES: {
    expected: `names out of ${messageKinds.join(', ')}; or none`,
    help: 'Kinds of messages that are delivered; others are recorded and listed.',
    default: `all but ${quietKinds.join(', ')}`,
    echo: true,
  },
  XMTP_MODEL_TOKENS: {
    expected: 'words separated by spaces, or a JSON array, each 2 to 64 printable characters without a backslash',
    help: "Special tokens of the agent's model that the guard does not know by their shape.",
    echo: true,
  },
  XMTP_HOSTS_FILE: {
    expected: 'an absolute path',
    help: 'YAML file of local names; off when absent. No link, and only its user or root may be able to write it.',
  },
  ID_CLI_COMMAND: {
    expected: 'a path, or a JSON array of program and arguments',
    help: 'How to run id-cli, which resolves *.xid.eth.',
    default: 'id-cli',
  },
  PATH: { expected: 'folders, separated by colons', help: 'Where id-cli is searched for.' },
  RPC_URL: { expected: 'an http or https URL', help: 'RPC that id-cli reads names from, on any chain.' },
  RPC_URL_BASE: { expected: 'an http or https URL', help: 'RPC that id-cli reads names from, on Base.' },
  WEB3_BIO_URL: {
    expected: 'an https URL, or http on loopback',
    help: 'Where web3.bio is, which resolves other .eth names.',
    default: 'https://api.web3.bio',
  },
  WEB3_BIO_API_KEY: { expected: 'a web3.bio API key', help: 'Raises the budget of look-ups.' },
  ETH_RPC_URL: {
    expected: 'an http or https URL',
    help: 'Ethereum RPC; when set, web3.bio answers must agree with the chain.',
  },
  XID_RPC_URL: {
    expected: 'an http or https URL',
    help: 'Base RPC that the registry of *.xid.eth is read from where id-cli is not installed.',
  },
  XID_RPC_URL_ETH: { expected: 'an http or https URL', help: 'The same for names ending with .eth.xid.eth.' },
  XID_RPC_URL_OP: { expected: 'an http or https URL', help: 'The same for names ending with .op.xid.eth.' },
  XID_RPC_URL_ARB: { expected: 'an http or https URL', help: 'The same for names ending with .arb.xid.eth.' },
  XID_REGISTRY: {
    expected: 'an address',
    help: 'Registry contract of *.xid.eth.',
    default: '0x92DF3A4CB6827Bf199FdAd429B36622f0C8167F0',
    echo: true,
  },
  ...deliveryFacts,
  ...uploadFacts,
};
