import { quoteInput } from '@xmtp-messaging/errors';
import { namehash } from '../names/namehash.ts';
import { checkAddress } from '../names/parse-address.ts';
import { ResolveError, type ResolveErrorCode } from '../errors.ts';
import type { IdCliRecord } from './id-cli-output.ts';

/**
 * Accepts a record only when it is about exactly `name`: id-cli 0.1 reads names without a chain label as a path
 * below its default chain, and would answer for somebody else's name. The node must be the namehash of `name`.
 * @throws ResolveError NOT_FOUND, NO_ADDRESS, NAME_MISMATCH, UNSUPPORTED_BY_RESOLVER, BAD_RESPONSE
 */
export function checkIdCliRecord(record: IdCliRecord, name: string): { address: `0x${string}`; node: `0x${string}` } {
  const fail = (code: ResolveErrorCode, reason: string, hint: string) =>
    new ResolveError({ code, input: name, source: 'id-cli', reason, hints: [hint] });

  if (record.domain === `${name}.base.xid.eth`) {
    throw fail(
      'UNSUPPORTED_BY_RESOLVER',
      'cannot be looked up: the installed id-cli is too old for names without a chain label.',
      'Update id-cli to a version for names directly below xid.eth.',
    );
  }
  if (record.domain !== name) {
    throw fail(
      'NAME_MISMATCH',
      `was asked for, and id-cli answered for ${quoteInput(record.domain, { ascii: true })}.`,
      'Ask for that name if you mean it.',
    );
  }
  if (!record.registered)
    throw fail('NOT_FOUND', 'is not registered.', 'Check the spelling, or ask the owner whether it was registered.');
  const node = namehash(name);
  if (record.node !== node) {
    throw fail(
      'NAME_MISMATCH',
      'does not have the node that id-cli reported.',
      'Do not trust this id-cli: the node of a name is fixed.',
    );
  }
  if (record.address === null) throw noAddress(fail);
  const checked = checkAddress(record.address);
  if (checked.ok) return { address: checked.address, node };
  if (checked.fault === 'ZERO_ADDRESS') throw noAddress(fail);
  throw fail('BAD_RESPONSE', 'came back from id-cli with something that is no address.', 'Do not trust this id-cli.');
}

function noAddress(fail: (code: ResolveErrorCode, reason: string, hint: string) => ResolveError): ResolveError {
  return fail(
    'NO_ADDRESS',
    'is registered and has no Ethereum address.',
    'Ask its owner to set one. If it has one, the chain endpoint of id-cli failed; try again later.',
  );
}
