import { createHash, randomBytes } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { WelcomeMessageSchema } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import type { Page } from './paging.ts';
import { preparePages } from './prepare-pages.ts';
import type { AllocateId } from './create-id-allocator.ts';
import type { UniqueClock } from './create-unique-clock.ts';
import { originators, type Posting } from './originators.ts';

/** A welcome, or a pointer to one welcome shared by several installations, before it has an id and a time. */
export interface NewWelcomeMessage {
  readonly kind: 'welcome' | 'pointer';
  readonly installationKey: Uint8Array;
  /** The encrypted welcome or the encrypted pointer. */
  readonly data: Uint8Array;
  readonly hpkePublicKey: Uint8Array;
  readonly wrapperAlgorithm: number;
  /** Empty for a pointer. */
  readonly welcomeMetadata: Uint8Array;
}

/** A stored welcome as it goes out. */
export type StoredWelcomeMessage = MessageInitShape<typeof WelcomeMessageSchema> & { readonly id: bigint };

interface Row {
  id: bigint;
  created_ns: bigint;
  installation_key: Uint8Array;
  kind: bigint;
  data: Uint8Array;
  hpke_public_key: Uint8Array;
  wrapper_algorithm: bigint;
  welcome_metadata: Uint8Array;
}

const pointer = 1n;
const columns = 'id, created_ns, installation_key, kind, data, hpke_public_key, wrapper_algorithm, welcome_metadata';

/** Welcomes by installation. */
export function createWelcomeMessages(database: DatabaseSync, clock: UniqueClock, allocateId: AllocateId) {
  const insert = database.prepare(
    `insert into welcome_message
     (id, created_ns, installation_key, kind, data, data_hash, hpke_public_key, wrapper_algorithm, welcome_metadata,
      originator, envelope) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const known = database.prepare('select 1 from welcome_message where data_hash = ?');
  const readPage = preparePages<Row>(database, { table: 'welcome_message', columns, topicColumn: 'installation_key' });
  return {
    /** `null` when the same bytes already wait for this installation; through a gateway they wait twice. */
    insert(message: NewWelcomeMessage, posting: Posting | null = null): bigint | null {
      const { kind, installationKey, data, hpkePublicKey, wrapperAlgorithm, welcomeMetadata } = message;
      let hash = createHash('sha256').update(installationKey).update(data).digest();
      if (known.get(hash) !== undefined) {
        if (posting === null) return null;
        hash = randomBytes(hash.length);
      }
      const id = allocateId();
      const kindNumber = kind === 'pointer' ? pointer : 0n;
      const rest = [data, hash, hpkePublicKey, wrapperAlgorithm, welcomeMetadata] as const;
      const { originator, envelope } = posting ?? { originator: originators.migratedWelcomes, envelope: null };
      insert.run(id, clock(), installationKey, kindNumber, ...rest, originator, envelope);
      return id;
    },
    page: (installationKey: Uint8Array, page: Page): StoredWelcomeMessage[] =>
      readPage(installationKey, page).map(toMessage),
  };
}

function toMessage(row: Row): StoredWelcomeMessage {
  const common = {
    id: row.id,
    createdNs: row.created_ns,
    installationKey: row.installation_key,
    hpkePublicKey: row.hpke_public_key,
    wrapperAlgorithm: Number(row.wrapper_algorithm),
  };
  if (row.kind === pointer) {
    return { id: row.id, version: { case: 'welcomePointer', value: { ...common, welcomePointer: row.data } } };
  }
  return {
    id: row.id,
    version: { case: 'v1', value: { ...common, data: row.data, welcomeMetadata: row.welcome_metadata } },
  };
}
