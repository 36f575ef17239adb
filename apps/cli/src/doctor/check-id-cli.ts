import { type BaseError, isBaseError } from '@xmtp-messaging/errors';
import { fail, type Finding, ok, type Subject, warn } from './types.ts';

/** A name of this kind, registered or not: what is tried is the program, and the chain behind it. */
const probe = 'doctor.xid.eth';
/** Longer than id-cli is given. */
const limitMs = 20_000;

/** The source answered, whatever of the name. */
const answered: ReadonlySet<string> = new Set(['NOT_FOUND', 'NO_ADDRESS', 'INVALID_NAME']);

/** Whether names that end with .xid.eth are found: by id-cli, or where it is not by a node that is asked for their registry. Other names do without. */
export async function checkIdCli({ env }: Pick<Subject, 'env'>): Promise<Finding> {
  // Loaded when it is needed: no other check asks for a name.
  const { createEnsResolver, readEnvironment } = await import('@xmtp-messaging/ens-resolver');
  try {
    // As the server asks, but for what the operator wrote down himself.
    const options = readEnvironment({ ...env, XMTP_HOSTS_FILE: undefined });
    const resolver = createEnsResolver(options);
    await resolver.resolve(probe, { signal: AbortSignal.timeout(limitMs) });
  } catch (error) {
    if (!isBaseError(error)) throw error;
    if (!answered.has(error.code)) return judge(error);
  }
  return ok('id-cli', 'Names that end with .xid.eth are looked up.');
}

function judge({ code, shortMessage, metaMessages }: BaseError): Finding {
  const next = metaMessages.join(' ') || 'Run id-cli by hand: id-cli info NAME.';
  // Most teams have no such names: that nothing is set up for them is no fault.
  if (code === 'RESOLVER_UNAVAILABLE' && shortMessage.includes('cannot be started'))
    return warn('id-cli', 'id-cli is not found: names that end with .xid.eth cannot be resolved.', next);
  return fail('id-cli', `Names that end with .xid.eth cannot be resolved: ${shortMessage} (${code})`, next);
}
