import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { texts } from '../texts.ts';
import { Badge } from '../ui/badge.tsx';
import { InertText } from '../ui/inert-text.tsx';
import type { Claim } from './use-claim.ts';

const words = texts.knocks;

/** The name that somebody claims, how far it was checked, and the name by which our lists know the address. */
export function ClaimedName({ claim, address }: { claim: Claim; address: string | null }) {
  return (
    <div class="claim">
      {claim.state === 'named' ? (
        <p class="knock-name">
          <span class="quiet small">{words.claims}</span> <InertText text={claim.name} />{' '}
          <Badge kind={claim.verified ? 'good' : 'plain'}>{claim.verified ? words.claimVerified : words.claimOk}</Badge>
        </p>
      ) : (
        <p class="knock-name quiet">
          {claim.state === 'looking' ? words.looking : claim.state === 'failed' ? words.lookFailed : words.noClaim}
        </p>
      )}
      {address !== null && <OurName address={address} />}
    </div>
  );
}

/** Of the denylist: who is on the allowlist does not knock. */
function OurName({ address }: { address: string }) {
  const { client } = useApi();
  const data = useData(
    async (signal) => {
      const answer = await client.GET('/xmtp/denylist', { params: { query: { limit: 1000 } }, signal });
      const { entries } = await unwrap(Promise.resolve(answer));
      return entries.find((entry) => entry.address.toLowerCase() === address.toLowerCase())?.name ?? null;
    },
    [address],
  );
  return (
    <p class="quiet small">
      {data.value === null ? (
        words.noName
      ) : (
        <>
          {words.ourName}: <InertText text={data.value} />
        </>
      )}
    </p>
  );
}
