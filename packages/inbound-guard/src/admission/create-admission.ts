import { createElapsedClock, wallClock, type Optional, withDefaults } from '@xmtp-messaging/errors';
import { assertPositive, GuardError } from '../errors.ts';
import { admissionLimits, type AdmissionLimits } from './admission-limits.ts';
import { createRateLimiter } from './create-rate-limiter.ts';
import { createRecentIds } from './create-recent-ids.ts';
import { type GroupsMode, standingOf } from './standing-of.ts';
import type { AdmissionEnvelope, AdmissionVerdict, RefusalReason } from './verdict.ts';

/** Who is heard, and how much. */
export interface AdmissionOptions {
  /**
   * Inbox id of the agent itself, for a mailbox that does not leave its own messages out; a function for one that is not
   * open yet, `null` as long as it is not known. @default none
   */
  self?: string | (() => string | null) | undefined;
  /** Anything but the word `open` is closed. @default 'closed' */
  mode?: 'closed' | 'open' | undefined;
  /** Whether a lower-case address is on the allowlist. Only `true` counts. */
  isAllowed: (address: string) => boolean;
  /** Whether a lower-case address is on the deny list, which wins over everything. Only `false` lets it pass. @default nobody */
  isDenied?: ((address: string) => boolean) | undefined;
  /**
   * In groups, listed senders alone are heard in either mode: in every group, in listed groups, or in none at all. Any other
   * value hears none. @default 'listed-senders'
   */
  groups?: GroupsMode | undefined;
  /** Whether a group is listed, for `listed-groups`. Only `true` counts. @default none */
  isGroupListed?: ((conversationId: string) => boolean) | undefined;
  /**
   * `authority/type:major` of what is listened to, or who says so of an `authority/type:major.minor`: only `true` counts.
   * @default text, markdown and reply of xmtp.org, version 1
   */
  contentTypes?: readonly string[] | ((contentType: string) => boolean) | undefined;
  /**
   * What a repeated message id gets: `refuse` a refusal, `repeat` the earlier admission again at no charge, for a
   * caller that keeps its own journal and may ask twice after a failure of its own. @default 'refuse'
   */
  duplicates?: 'refuse' | 'repeat' | undefined;
  /** Each that is absent is the one of `admissionLimits`. @default {} */
  limits?: Optional<AdmissionLimits> | undefined;
  /** Milliseconds; may jump either way. @default wallClock */
  now?: (() => number) | undefined;
}

/** Decides who is heard. Silent, synchronous and bounded in memory. */
export interface Admission {
  /** In this order: self, content type, deny list, groups, allowlist or open mode, size, repetition, rates. */
  admit: (envelope: AdmissionEnvelope) => AdmissionVerdict;
  /** As it was given. */
  mode(): 'closed' | 'open';
  /** Senders whose use is tracked. */
  size(): number;
}

const defaultContentTypes = ['xmtp.org/text:1', 'xmtp.org/markdown:1', 'xmtp.org/reply:1'];

/** @throws GuardError INVALID_SELF, INVALID_LIMIT */
export function createAdmission(options: AdmissionOptions): Admission {
  const {
    isAllowed,
    isDenied = () => false,
    isGroupListed = () => false,
    contentTypes = defaultContentTypes,
  } = options;
  const { groups = 'listed-senders', duplicates = 'refuse', now = wallClock } = options;
  const allowlistedMaxBytes = options.limits?.maxBytes ?? admissionLimits.maxBytes;
  const limits = withDefaults({ ...admissionLimits, allowlistedMaxBytes }, options.limits);
  assertPositive(limits);
  if (options.self === '') {
    throw new GuardError({ code: 'INVALID_SELF' });
  }
  const { self = null } = options;
  const selfNow = () => (typeof self === 'function' ? self() : self)?.toLowerCase() ?? null;
  const mode: 'closed' | 'open' = options.mode === 'open' ? 'open' : 'closed';
  const elapsed = createElapsedClock(now);
  const rates = createRateLimiter(limits);
  const recent = createRecentIds({ maxIds: limits.dedupeIds, maxAgeMs: limits.dedupeMs });

  return Object.freeze({
    admit(envelope: AdmissionEnvelope): AdmissionVerdict {
      const standing = standingOf(envelope, {
        self: selfNow(),
        mode,
        groups,
        contentTypes,
        isAllowed,
        isDenied,
        isGroupListed,
      });
      if (typeof standing === 'object') return refusal(standing.reason);
      const { contentBytes } = envelope;
      const maxBytes = standing === 'allowlisted' ? limits.allowlistedMaxBytes : limits.maxBytes;
      if (!(contentBytes >= 0 && contentBytes <= maxBytes)) return refusal('too-large');
      const time = elapsed();
      if (recent.has(envelope.messageId, time)) {
        return duplicates === 'repeat' ? { admit: true, sender: standing } : refusal('duplicate');
      }
      const reason = rates.take(envelope, standing, time);
      if (reason !== null) return refusal(reason);
      recent.add(envelope.messageId, time);
      return { admit: true, sender: standing };
    },
    mode: () => mode,
    size: () => rates.size(),
  });
}

function refusal(reason: RefusalReason): AdmissionVerdict {
  return { admit: false, reason };
}
