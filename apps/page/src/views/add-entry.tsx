import { unwrap } from '@xmtp-messaging/client';
import { useState } from 'preact/hooks';
import { useApi } from '../api/use-api.ts';
import { texts } from '../texts.ts';
import { Address } from '../ui/address.tsx';
import { Badge } from '../ui/badge.tsx';
import { InertText } from '../ui/inert-text.tsx';
import { useAction } from '../ui/notices.tsx';

const words = texts.lists;

interface Found {
  name: string | null;
  address: string;
  source: string;
  verified: boolean;
  heard: boolean;
}

/** Puts somebody on a list: looked up first, shown, and then what was shown is what is listed. */
export function AddEntry({ list, onAdded }: { list: 'allowlist' | 'denylist'; onAdded: () => void }) {
  const { client } = useApi();
  const [who, setWho] = useState('');
  const [label, setLabel] = useState('');
  const [found, setFound] = useState<Found | null>(null);
  const { busy, run } = useAction();
  const lookUp = async () => {
    setFound(await unwrap(client.GET('/xmtp/resolve', { params: { query: { name: who.trim() } } })));
    setLabel('');
    return null;
  };
  const add = async ({ name, address }: Found) => {
    // The address as well: a name that moves in this moment is refused, and not followed.
    const body = { address, ...(name === null ? (label.trim() === '' ? {} : { label: label.trim() }) : { name }) };
    const { added } = await unwrap(
      list === 'allowlist' ? client.POST('/xmtp/allowlist', { body }) : client.POST('/xmtp/denylist', { body }),
    );
    setFound(null);
    setWho('');
    onAdded();
    return added ? words.added : words.alreadyListed;
  };
  return (
    <div class="add-entry">
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (who.trim() !== '') void run(lookUp);
        }}
      >
        <label>
          <span>{words.who}</span>
          <input
            value={who}
            autoComplete="off"
            autoCapitalize="off"
            spellcheck={false}
            maxLength={255}
            onInput={({ currentTarget }) => {
              setWho(currentTarget.value);
              setFound(null);
            }}
          />
        </label>
        <button type="submit" disabled={busy || who.trim() === ''}>
          {words.lookUp}
        </button>
      </form>
      {found !== null && (
        <div class="found" role="status">
          <p class="quiet small">{words.found}</p>
          <p class="found-name">{found.name === null ? null : <InertText text={found.name} />}</p>
          <Address address={found.address} whole />
          <p class="badges">
            <Badge>
              {words.from} {words.sources[found.source] ?? found.source}
            </Badge>
            {found.name !== null && (
              <Badge kind={found.verified ? 'good' : 'warn'}>
                {found.verified ? words.verified : words.notVerified}
              </Badge>
            )}
            {list === 'allowlist' && found.heard && <Badge>{words.already}</Badge>}
          </p>
          {found.name === null && (
            <label>
              <span>{texts.knocks.label}</span>
              <input value={label} maxLength={255} onInput={({ currentTarget }) => setLabel(currentTarget.value)} />
            </label>
          )}
          <div class="buttons">
            <button
              type="button"
              class="primary"
              disabled={busy}
              onClick={() => void run(async () => await add(found))}
            >
              {list === 'allowlist' ? words.addAllowlist : words.addDenylist}
            </button>
            <button type="button" onClick={() => setFound(null)}>
              {texts.cancel}
            </button>
          </div>
        </div>
      )}
    </div>
  );
}
