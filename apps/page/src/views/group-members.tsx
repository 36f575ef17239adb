import { unwrap } from '@xmtp-messaging/client';
import { useApi } from '../api/use-api.ts';
import { useData } from '../api/use-data.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Badge } from '../ui/badge.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { Reading } from '../ui/reading.tsx';

const words = texts.members;

/** Who is in a group, and who of them is listed. */
export function GroupMembers({ id, mark }: { id: string; mark: string }) {
  const { client } = useApi();
  const data = useData(
    async (signal) => await unwrap(client.GET('/xmtp/groups/{id}', { params: { path: { id } }, signal })),
    [id, mark],
  );
  return (
    <section class="members" aria-label={texts.conversations.memberList}>
      <Reading data={data}>
        {({ members }) => (
          <ul>
            {members.map(({ address, inboxId, name, listed, role, self }) => (
              <li key={inboxId}>
                <span class="member-name">{name === null ? null : <InertText text={name} />}</span>
                <Address address={address ?? inboxId} />
                <span class="quiet">{words.roles[role]}</span>
                {self ? (
                  <Badge>{words.self}</Badge>
                ) : (
                  <Badge kind={listed ? 'good' : 'warn'}>{listed ? words.listed : words.notListed}</Badge>
                )}
              </li>
            ))}
          </ul>
        )}
      </Reading>
    </section>
  );
}
