import type { Knock } from '../api/types.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { useAction } from '../ui/notices.tsx';
import { Time } from '../ui/time.tsx';
import { ClaimedName } from './claimed-name.tsx';
import type { KnockAct } from './knock-dialog.tsx';
import { useClaim } from './use-claim.ts';

const words = texts.knocks;

/** One who knocks: the name they claim beside what we know, why they were not heard, and what to do. */
export function KnockItem({
  knock,
  isIgnored,
  onAct,
  onIgnore,
}: {
  knock: Knock;
  isIgnored: boolean;
  onAct: (act: KnockAct, name: string | null) => void;
  onIgnore: () => void;
}) {
  const { kind, addresses, conversationId, inboxId, reason, count, atLeast, lastAt, invitedBy, groups } = knock;
  const isGroup = kind === 'invitation';
  const claim = useClaim(isGroup ? null : (addresses[0] ?? null));
  const { run } = useAction();
  const name = claim.state === 'named' ? claim.name : null;
  const ignore = async () => {
    onIgnore();
    return await Promise.resolve(words.ignored);
  };
  return (
    <li class={isIgnored ? 'card knock ignored' : 'card knock'}>
      <div class="knock-who">
        {isGroup ? (
          <p class="knock-name">
            {words.group} <span class="quiet">{words.withMembers(addresses.length)}</span>
          </p>
        ) : (
          <ClaimedName claim={claim} address={addresses[0] ?? null} />
        )}
        {isGroup ? (
          <>
            <Address address={conversationId ?? ''} />
            {invitedBy.map((address) => (
              <p key={address}>
                <span class="quiet small">{words.invitedBy}</span> <Address address={address} />
              </p>
            ))}
          </>
        ) : (
          (addresses.length === 0 ? [inboxId ?? ''] : addresses).map((address) => (
            <Address key={address} address={address} />
          ))
        )}
        <p class="quiet small">
          {words.reasons[reason] ?? reason}
          {groups > 1 && ` · ${words.moreGroups(groups - 1)}`}
          {count > 0 && ` · ${words.messages(count, atLeast)}`} · {words.last} <Time at={lastAt} />
        </p>
      </div>
      <div class="buttons">
        <button type="button" class="primary" onClick={() => onAct(isGroup ? 'accept' : 'admit', name)}>
          {isGroup ? words.accept : words.admit}
        </button>
        <button type="button" class="danger" onClick={() => onAct(isGroup ? 'refuse' : 'deny', name)}>
          {isGroup ? words.refuse : words.deny}
        </button>
        {!isIgnored && (
          <button type="button" onClick={() => void run(ignore)}>
            {words.ignore}
          </button>
        )}
      </div>
    </li>
  );
}
