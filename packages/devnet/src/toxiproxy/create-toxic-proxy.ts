import { connect, createServer, type Server, type Socket } from 'node:net';
import { listen } from '../http/listen.ts';
import { pipeToxics, type ToxicPipe } from './pipe-toxics.ts';
import type { ProxyChange, ProxyPlan, Toxic } from './toxic-schema.ts';

/** A port that carries bytes to another one, past the toxics. */
export interface ToxicProxy {
  readonly describe: () => ProxyPlan & { toxics: readonly Toxic[] };
  readonly toxics: () => readonly Toxic[];
  /** Replaces them; those that stay the same object go on as they were. */
  setToxics(toxics: readonly Toxic[]): void;
  /** Another place closes what is open, as being disabled does. @throws DevnetError CANNOT_LISTEN */
  update(change: ProxyChange): Promise<void>;
  close(): Promise<void>;
}

/** `host:port`, where either may be missing. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

export interface ToxicProxyOptions {
  /** `enabled` says what it begins as; an update to the same plan starts it. */
  readonly plan: ProxyPlan;
  /** Where this address is, for listening. */
  readonly toListen: (address: string) => Place;
  /** Where this address is, for connecting. */
  readonly toUpstream: (address: string) => Place;
  readonly random: () => number;
  readonly now: () => number;
}

export function createToxicProxy(options: ToxicProxyOptions): ToxicProxy {
  const { toListen, toUpstream, random, now } = options;
  const plan = { ...options.plan, enabled: false };
  const sockets = new Set<Socket>();
  const pipes = new Set<ToxicPipe>();
  let toxics: readonly Toxic[] = [];
  let server: Server | null = null;

  const carry = (client: Socket) => {
    const upstream = connect(toUpstream(plan.upstream));
    const of = (stream: Toxic['stream']) => () => toxics.filter((toxic) => toxic.stream === stream);
    const both = [
      pipeToxics({ source: client, dest: upstream, toxics: of('upstream'), random, now }),
      pipeToxics({ source: upstream, dest: client, toxics: of('downstream'), random, now }),
    ];
    for (const pipe of both) pipes.add(pipe);
    for (const socket of [client, upstream]) {
      sockets.add(socket.setNoDelay());
      socket.on('error', () => socket.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        for (const pipe of both) pipes.delete(pipe);
      });
    }
  };

  const start = async () => {
    const starting = createServer(carry);
    const { host } = toListen(plan.listen);
    const port = await listen(starting, toListen(plan.listen));
    // The port that a 0 became is the one to come back to.
    plan.listen = `${splitAddress(plan.listen).host || host}:${port}`;
    server = starting;
    plan.enabled = true;
  };
  const stop = async () => {
    plan.enabled = false;
    const stopping = server;
    server = null;
    const stopped = new Promise((resolve) => (stopping === null ? resolve(null) : stopping.close(resolve)));
    for (const socket of sockets) socket.destroy();
    await stopped;
  };

  return {
    describe: () => ({ ...plan, toxics }),
    toxics: () => toxics,
    setToxics(next) {
      // Whoever waits behind a timeout has lost bytes: the connection is of no use any more.
      const gone = toxics.filter((toxic) => !next.some(({ name }) => name === toxic.name));
      toxics = next;
      for (const pipe of pipes) pipe.toxicsChanged();
      if (gone.some(({ type }) => type === 'timeout')) for (const socket of sockets) socket.destroy();
    },
    async update({ listen: address = plan.listen, upstream = plan.upstream, enabled = plan.enabled }) {
      if (address !== plan.listen || upstream !== plan.upstream) {
        await stop();
        Object.assign(plan, { listen: address, upstream });
      }
      if (enabled && !plan.enabled) await start();
      if (!enabled && plan.enabled) await stop();
    },
    close: stop,
  };
}

/** The host of `host:port`, as it is written there, and the port; 0 when there is none. */
export function splitAddress(address: string): Place {
  const [, host = '', port] = /^(.*?)(?::(\d{1,5}))?$/u.exec(address) ?? [];
  return { host, port: Number(port ?? 0) };
}
