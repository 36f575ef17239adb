import type { Faults } from '../faults/create-faults.ts';
import { GrpcError, type GrpcCode } from '../grpc-error.ts';
import type { Quotas } from '../limits/create-quotas.ts';
import type { ClientRegistry } from './create-client-registry.ts';
import { disturbStream } from './disturb-stream.ts';
import type { Route } from './create-routes.ts';
import { processTime, type TransportTime } from './process-time.ts';

/** A call as a transport received it. */
export interface IncomingCall {
  readonly route: Route;
  readonly request: Uint8Array;
  /** `address:port` of the client's connection. */
  readonly peer: string;
  /** Tells clients apart. Browsers spread one client over several connections, so there it is not the peer. */
  readonly client: string;
  readonly appVersion: string | null;
  /** Aborted when the client goes away or its deadline passes. */
  readonly signal: AbortSignal;
}

/** One finished call, for people who watch. Never a payload. */
export interface CallLogEntry {
  /** Of a call that the network does not have: its path, as `/package.Service/Method`. */
  readonly method: string;
  /** IP address of the caller. */
  readonly peer: string;
  /** As the client names itself, `name/version`; `null` when it does not. */
  readonly appVersion: string | null;
  /** How it ended. */
  readonly code: GrpcCode | 'OK';
  /** What the client was told, when the call failed. */
  readonly message: string | null;
  /** Milliseconds; of a subscription until it ended. */
  readonly durationMs: number;
  /** Size of the message that came. */
  readonly requestBytes: number;
  /** Size of the messages that went, together. */
  readonly responseBytes: number;
  /** Events of a subscription, 1 for any other call that succeeded. */
  readonly responses: number;
}

/** Runs calls for every transport: limits first, then faults, then the handler. */
export interface Dispatcher {
  /** @throws GrpcError */
  unary(call: IncomingCall): Promise<Uint8Array>;
  /** Ends with an error or without one. @throws GrpcError */
  stream(call: IncomingCall): AsyncGenerator<Uint8Array, void, undefined>;
  /** What is answered to a call that this network does not have; it is logged as any other, under its path. */
  refuseUnknown(call: { path: string; peer: string; appVersion: string | null }): GrpcError;
  /** Ends open subscriptions, of one method or all; with `null` as if the network were done. Returns how many. */
  dropStreams(options: { method?: string | undefined; error: GrpcError | null }): number;
  /** Ends the subscriptions that may not go on, for what the plan and the clock say by now. */
  judgeStreams(): void;
  openStreams(): number;
}

export interface DispatcherOptions {
  readonly faults: Faults;
  readonly quotas: Quotas;
  readonly clients: ClientRegistry;
  readonly onCall: (entry: CallLogEntry) => void;
  readonly onUnexpected: (error: unknown) => void;
  /** @default that of the process */
  readonly time?: TransportTime | undefined;
}

interface OpenStream {
  readonly call: IncomingCall;
  end(error: GrpcError | null): void;
}

/** Characters of an unknown path that are remembered. */
const longestPath = 200;

export function createDispatcher(options: DispatcherOptions): Dispatcher {
  const { faults, quotas, clients, time = processTime } = options;
  const open = new Set<OpenStream>();

  const judgeStreams = () => {
    for (const stream of open) {
      const { route, ...call } = stream.call;
      const caller = clients.seen(call);
      const error = faults.judgeStream({ method: route.method, caller, node: route.node });
      if (error !== null) stream.end(error);
    }
  };

  const admit = async ({ route, request, peer, client, appVersion, signal }: IncomingCall) => {
    quotas.take({ method: route.method, address: peer.slice(0, peer.lastIndexOf(':')), request });
    const caller = clients.seen({ client, peer, appVersion });
    const verdict = faults.judgeCall({ method: route.method, streaming: route.streaming, caller, node: route.node });
    if (verdict.delayMs > 0) await time.pause(verdict.delayMs, signal).catch(goneAway);
    if (verdict.silent) await untilAborted(signal);
    if (verdict.errorBefore !== null) throw verdict.errorBefore;
    const identify = (key: Uint8Array) => {
      if (!clients.identify(client, key)) return;
      judgeStreams();
      if (faults.judgePartition(caller) === 'refuse') throw new GrpcError('UNAVAILABLE', 'the client is cut off');
    };
    return { caller, identify, errorAfterwards: verdict.errorAfterwards };
  };

  const watch = (call: IncomingCall) => {
    const start = time.now();
    let responses = 0;
    let responseBytes = 0;
    return {
      sent(bytes: Uint8Array) {
        responses++;
        responseBytes += bytes.length;
      },
      /** Turns anything into what the client may know, and tells the log. */
      finish(error: unknown): GrpcError | null {
        const known = error === null || error instanceof GrpcError;
        if (!known) options.onUnexpected(error);
        const failure = known ? error : new GrpcError('INTERNAL', 'internal error of the devnet; see its log');
        options.onCall({
          method: call.route.method,
          peer: call.peer,
          appVersion: call.appVersion,
          code: failure?.code ?? 'OK',
          message: failure?.shortMessage ?? null,
          durationMs: time.now() - start,
          requestBytes: call.request.length,
          responseBytes,
          responses,
        });
        return failure;
      },
    };
  };

  return {
    async unary(call) {
      const record = watch(call);
      let failure: GrpcError | null;
      try {
        const { caller, identify, errorAfterwards } = await admit(call);
        const response = await call.route.unary(call.request, { signal: call.signal, identify });
        // The call itself may have told whose it is.
        if (faults.judgePartition(caller) === 'silence') await untilAborted(call.signal);
        if (errorAfterwards !== null) throw errorAfterwards;
        record.sent(response);
        record.finish(null);
        return response;
      } catch (error) {
        failure = record.finish(error);
      }
      throw failure!;
    },
    async *stream(call) {
      const record = watch(call);
      const controller = new AbortController();
      let ended: GrpcError | null = null;
      const self: OpenStream = {
        call,
        end(error) {
          ended = error;
          controller.abort();
        },
      };
      open.add(self);
      let failure: unknown = null;
      try {
        const { caller, identify } = await admit(call);
        const signal = AbortSignal.any([call.signal, controller.signal]);
        const events = call.route.stream(call.request, { signal, identify });
        const { method, isNotice } = call.route;
        for await (const event of disturbStream({ events, faults, caller, method, isNotice, signal, time })) {
          record.sent(event);
          yield event;
        }
        failure = ended;
      } catch (error) {
        failure = error;
      } finally {
        open.delete(self);
        failure = record.finish(failure);
      }
      if (failure !== null) throw failure;
    },
    refuseUnknown({ path, peer, appVersion }) {
      const method = path.slice(0, longestPath);
      const error = new GrpcError('UNIMPLEMENTED', `unknown method ${method}`);
      const nothing = { durationMs: 0, requestBytes: 0, responseBytes: 0, responses: 0 };
      options.onCall({ method, peer, appVersion, code: error.code, message: error.shortMessage, ...nothing });
      return error;
    },
    dropStreams({ method, error }) {
      const dropped = [...open].filter(({ call }) => method === undefined || call.route.method === method);
      for (const stream of dropped) stream.end(error);
      return dropped.length;
    },
    judgeStreams,
    openStreams: () => open.size,
  };
}

function goneAway(): never {
  throw new GrpcError('CANCELLED', 'the client went away');
}

/** Waits for the client to give up. */
function untilAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const onAbort = () => reject(new GrpcError('CANCELLED', 'the client went away'));
    if (signal.aborted) onAbort();
    else signal.addEventListener('abort', onAbort, { once: true });
  });
}
