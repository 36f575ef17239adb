import { connect } from 'node:http2';
import { wallClock } from '@xmtp-messaging/errors';
import { fail, type Finding, ok, type Subject, warn } from './types.ts';

const nodes: Readonly<Record<string, string>> = {
  local: 'http://localhost:5556',
  dev: 'https://grpc.dev.xmtp.network:443',
  production: 'https://grpc.production.xmtp.network:443',
};
const limitMs = 5000;
/** MLS refuses key packages and messages of a time that is far off. */
const skewWarnMs = 30_000;
const skewFailMs = 300_000;

/** Where the network is, by the settings of a server; `null` when they name none. */
export function nodeUrl(env: Subject['env']): string | null {
  const url = env['XMTP_GATEWAY_HOST'] || env['XMTP_API_URL'] || nodes[env['XMTP_ENV'] || 'production'];
  return url !== undefined && URL.canParse(url) ? url : null;
}

/** Whether the network answers, at which URL that was tried, and how far its clock is from ours. */
export async function checkNetwork({ env }: Subject, now: () => number = wallClock): Promise<Finding[]> {
  const name = env['XMTP_ENV'] || 'production';
  const url = nodeUrl(env);
  if (url === null)
    return [fail('network', `XMTP_ENV is ${name}, which is no network.`, 'Set local, dev or production.')];
  const asked = await askDate(url);
  if (!asked.ok)
    return [
      fail('network', `Nothing answers at ${url} (${asked.why}).`, 'Check the connection, XMTP_ENV and XMTP_API_URL.'),
    ];
  return [ok('network', `The network (${name}) answers at ${url}.`), checkClock(asked.date, now())];
}

/** @param date Milliseconds since the epoch; `null` when the network did not say. */
export function checkClock(date: number | null, now: number): Finding {
  if (date === null) return ok('clock', 'The network does not say what time it has.');
  const skew = Math.round((now - date) / 1000);
  const words = `The clock is ${Math.abs(skew)} seconds ${skew > 0 ? 'ahead of' : 'behind'} that of the network.`;
  const next = 'Set it, with a time service such as systemd-timesyncd or chrony.';
  if (Math.abs(now - date) > skewFailMs) return fail('clock', words, next);
  return Math.abs(now - date) > skewWarnMs
    ? warn('clock', words, next)
    : ok('clock', 'The clock agrees with that of the network.');
}

type Asked = { ok: true; date: number | null } | { ok: false; why: string };

/** Speaks HTTP/2, as the network does, and asks for nothing. Whatever else has the port, such as the sign-in page of a hotel, does not answer in it. */
function askDate(url: string): Promise<Asked> {
  return new Promise((resolve) => {
    const session = connect(url, { timeout: limitMs });
    const end = (asked: Asked) => {
      session.destroy();
      resolve(asked);
    };
    session.once('error', (error: NodeJS.ErrnoException) => end({ ok: false, why: error.code ?? 'error' }));
    session.once('timeout', () => end({ ok: false, why: 'timeout' }));
    // What speaks HTTP/2 begins with its settings.
    let speaks = false;
    session.once('remoteSettings', () => {
      speaks = true;
    });
    session.once('connect', () => {
      const request = session.request({ ':path': '/', ':method': 'GET' });
      const without = (why: string): Asked => (speaks ? { ok: true, date: null } : { ok: false, why });
      request.setTimeout(limitMs, () => end(without('timeout')));
      request.once('error', (error: NodeJS.ErrnoException) => end(without(error.code ?? 'error')));
      request.once('response', ({ date }) => {
        const time = date === undefined ? Number.NaN : Date.parse(date);
        end({ ok: true, date: Number.isNaN(time) ? null : time });
      });
    });
  });
}
