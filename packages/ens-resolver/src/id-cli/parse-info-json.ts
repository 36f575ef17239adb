import { parseJson } from '@xmtp-messaging/errors';
import type { IdCliOutput } from './id-cli-output.ts';

type Json = Record<string, unknown>;

/** Reads the last line that is a JSON object with a `status`; id-cli's libraries print noise before it. */
export function parseInfoJson(stdout: string): IdCliOutput {
  for (const line of stdout.split('\n').toReversed()) {
    const answer = parseObject(line);
    if (answer !== null && typeof own(answer, 'status') === 'string') return readAnswer(answer);
  }
  return { kind: 'unreadable' };
}

function readAnswer(answer: Json): IdCliOutput {
  if (own(answer, 'status') === 'error') {
    const code = own(asObject(own(answer, 'error')) ?? {}, 'code');
    return { kind: 'error', code: typeof code === 'string' ? code : 'GENERAL_ERROR' };
  }
  const data = asObject(own(answer, 'data'));
  const domain = data === null ? undefined : own(data, 'domain');
  if (own(answer, 'status') !== 'ok' || data === null || typeof domain !== 'string') return { kind: 'unreadable' };
  const registered = own(data, 'registered');
  if (registered === false) return { kind: 'record', record: { domain, registered, node: null, address: null } };
  const node = textOrNull(own(data, 'node'));
  const address = textOrNull(own(data, 'ethAddress'));
  if ((registered !== true && registered !== undefined) || node === undefined || address === undefined)
    return { kind: 'unreadable' };
  return { kind: 'record', record: { domain, registered: true, node, address } };
}

/** Own keys only, so that a `__proto__` in the answer has no say. */
function own(object: Json, key: string): unknown {
  return Object.hasOwn(object, key) ? object[key] : undefined;
}

function asObject(value: unknown): Json | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Json) : null;
}

function textOrNull(value: unknown): string | null | undefined {
  if (typeof value === 'string') return value;
  return value === null || value === undefined ? null : undefined;
}

function parseObject(line: string): Json | null {
  return line.trimStart().startsWith('{') ? asObject(parseJson(line)) : null;
}
