import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { MessageInitShape } from '@bufbuild/protobuf';
import type { WelcomeMessageSchema } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import type { Page } from './paging.ts';
import { preparePages } from './prepare-pages.ts';
import type { UniqueClock } from './create-unique-clock.ts';

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
export function createWelcomeMessages(database: DatabaseSync, clock: UniqueClock) {
  const insert = database.prepare(
    `insert into welcome_message
     (created_ns, installation_key, kind, data, data_hash, hpke_public_key, wrapper_algorithm, welcome_metadata)
     values (?, ?, ?, ?, ?, ?, ?, ?) on conflict (data_hash) do nothing`,
  );
  const readPage = preparePages<Row>(database, { table: 'welcome_message', columns, topicColumn: 'installation_key' });
  return {
    /** `false` when the same bytes already wait for this installation. */
    insert(message: NewWelcomeMessage): boolean {
      const { kind, installationKey, data, hpkePublicKey, wrapperAlgorithm, welcomeMetadata } = message;
      const hash = createHash('sha256').update(installationKey).update(data).digest();
      const kindNumber = kind === 'pointer' ? pointer : 0n;
      return (
        insert.run(clock(), installationKey, kindNumber, data, hash, hpkePublicKey, wrapperAlgorithm, welcomeMetadata)
          .changes === 1
      );
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
