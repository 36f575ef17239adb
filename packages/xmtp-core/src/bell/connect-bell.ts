import { timerMs } from '@xmtp-messaging/errors';
import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import { callUnary, grpcHeaders, statusOf } from '../grpc/call-unary.ts';
import { encodeEnvelopesSubscription, readPosted } from '../grpc/envelope-wire.ts';
import {
  createFrameReader,
  encodeFrame,
  encodeNewestWelcomeQuery,
  encodeSubscription,
  type PostedMessage,
  readGroupMessage,
  readWelcomeId,
  type TopicCursor,
} from '../grpc/wire.ts';

/** One connection with its subscriptions. It ends for good at the first sign of trouble; see keep-bell. */
export interface BellConnection {
  /** Subscribes to further groups. */
  add(groups: readonly TopicCursor[]): void;
  close(): void;
}

/** What is to be heard of, and who is told. */
export interface BellListeners {
  groups: readonly TopicCursor[];
  /** The network confirmed the first subscriptions. Resolves when what came before has been looked for; never rejects. */
  onReady: () => Promise<void>;
  /** The network confirmed further groups: what was posted there before this moment may not have rung. */
  onAdded: (groupIds: readonly string[]) => void;
  /** Something was posted. Resolves when it was looked at; never rejects. */
  onGroup: (posted: PostedMessage) => Promise<void>;
  /** The same for a conversation that somebody opened with us. */
  onWelcome: () => Promise<void>;
  /** Called once, with the network's or the socket's own words. */
  onDown: (why: string) => void;
}

export interface BellConnectionOptions extends BellListeners {
  /** Address of the node. */
  url: string;
  /** Which network it is of. */
  network: 'v3' | 'd14n';
  appVersion: string | undefined;
  installationId: string;
  /** @default 15_000 */
  pingEveryMs?: number | undefined;
  /** Also for the first question. @default 8_000 */
  pingTimeoutMs?: number | undefined;
}

const v3 = '/xmtp.mls.api.v1.MlsApi';
const d14n = '/xmtp.xmtpv4.message_api.ReplicationApi';
/** Bytes of a posted message that are looked at: enough for the mark behind the ciphertext of all but long texts. */
const keptBytes = 65_536;
/** A node of the decentralised network may put many into one frame, of 2 MiB at the most (xmtpd, subscribe.go). */
const keptOfMany = 4 * 1_024 * 1_024;

/** Opens light subscriptions. Nothing that arrives is decrypted or kept. */
export function connectBell(options: BellConnectionOptions): BellConnection {
  const { network, appVersion, installationId, groups, pingEveryMs = 15_000, pingTimeoutMs = 8_000 } = options;
  let ended = false;
  const timers = new Set<NodeJS.Timeout>();

  const end = (why: string | null) => {
    if (ended) return;
    ended = true;
    for (const timer of timers) clearTimeout(timer);
    session.destroy();
    if (why !== null) options.onDown(why);
  };

  const session: ClientHttp2Session = connect(options.url);
  session.on('error', (error: Error) => end(error.message));
  session.on('close', () => end('the connection was closed'));
  session.on('goaway', () => end('the node is going away'));

  // A connection that is dead without a sign is noticed only by asking.
  const ping = setInterval(() => {
    if (session.destroyed) {
      end('the connection was closed');
      return;
    }
    const timeout = setTimeout(() => end('no answer to a ping'), timerMs(pingTimeoutMs));
    timers.add(timeout);
    session.ping((error) => {
      clearTimeout(timeout);
      timers.delete(timeout);
      if (error !== null) end(error.message);
    });
  }, pingEveryMs);
  timers.add(ping);

  const subscribe = (path: string, request: Uint8Array, onFrame: (start: Buffer) => void, onConfirmed: () => void) => {
    const stream = session.request(grpcHeaders(path, appVersion));
    const method = path.slice(path.lastIndexOf('/') + 1);
    let reason = `${method} ended`;
    const note = (headers: IncomingHttpHeaders) => {
      const status = statusOf(headers);
      if (status !== null) reason = `${method} ended with ${status}`;
      return status;
    };
    stream.on('response', (headers) => {
      if (note(headers) === null && !ended) onConfirmed();
    });
    stream.on('trailers', note);
    stream.on('data', createFrameReader(onFrame, network === 'v3' ? keptBytes : keptOfMany));
    stream.on('error', (error: Error) => end(error.message));
    stream.on('close', () => end(reason));
    stream.end(encodeFrame(request));
  };
  const subscribeGroups = (topics: readonly TopicCursor[], onConfirmed: () => void) => {
    const ring = (frame: Buffer) => {
      const posted = readGroupMessage(frame);
      if (posted !== null) void options.onGroup(posted);
    };
    subscribe(`${v3}/SubscribeGroupMessages`, encodeSubscription(topics), ring, onConfirmed);
  };

  /** Only what is new: what was before is looked for when the network has confirmed. */
  const subscribeEnvelopes = (topics: Parameters<typeof encodeEnvelopesSubscription>[0], onConfirmed: () => void) => {
    const ring = (frame: Buffer) => {
      for (const posted of readPosted(frame)) {
        if (posted === 'welcome') void options.onWelcome();
        else void options.onGroup(posted);
      }
    };
    subscribe(`${d14n}/SubscribeEnvelopes`, encodeEnvelopesSubscription(topics), ring, onConfirmed);
  };
  const groupTopics = (topics: readonly TopicCursor[]) => topics.map(({ key: groupId }) => ({ groupId }));

  const startEnvelopes = () => {
    subscribeEnvelopes([{ installationId }, ...groupTopics(groups)], () => void options.onReady());
  };

  const start = async () => {
    const query = encodeNewestWelcomeQuery(installationId);
    const answer = await callUnary(session, `${v3}/QueryWelcomeMessages`, query, {
      appVersion,
      timeoutMs: pingTimeoutMs,
    });
    if (ended) return;
    let missing = groups.length > 0 ? 2 : 1;
    const confirmed = () => {
      missing -= 1;
      if (missing === 0) void options.onReady();
    };
    const welcomes = [{ key: installationId, cursor: readWelcomeId(answer) }];
    subscribe(
      `${v3}/SubscribeWelcomeMessages`,
      encodeSubscription(welcomes),
      () => void options.onWelcome(),
      confirmed,
    );
    if (groups.length > 0) subscribeGroups(groups, confirmed);
  };
  if (network === 'd14n') startEnvelopes();
  else start().catch((error: Error) => end(error.message));

  return {
    add(more) {
      if (ended || more.length === 0) return;
      const confirmed = () => options.onAdded(more.map(({ key }) => key));
      if (network === 'd14n') subscribeEnvelopes(groupTopics(more), confirmed);
      else subscribeGroups(more, confirmed);
    },
    close: () => end(null),
  };
}
