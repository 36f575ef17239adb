import type { Faults } from '../faults/create-faults.ts';
import { IdentityApi } from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import { D14nMigrationApi } from '../gen/xmtp/migration/api/v1/migration_pb.ts';
import { MlsApi } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import type { ContractWallets } from '../identity/create-contract-wallets.ts';
import type { Limits } from '../limits/create-quotas.ts';
import type { Store } from '../store/create-store.ts';
import { createRoutes, type Route } from '../transport/create-routes.ts';
import { createIdentityService } from './create-identity-service.ts';
import { createMigrationService } from './create-migration-service.ts';
import { createMlsService } from './create-mls-service.ts';
import { createTopicHub } from './create-topic-hub.ts';

export interface NetworkRoutesOptions {
  readonly store: Store;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly contractWallets: ContractWallets;
}

/** Every method of the network. */
export function createNetworkRoutes({ store, faults, limits, contractWallets }: NetworkRoutesOptions): Route[] {
  const { payloadBytes = Infinity } = limits;
  const mls = createMlsService({ store, groups: createTopicHub(), welcomes: createTopicHub(), payloadBytes });
  return [
    ...createRoutes(IdentityApi, createIdentityService({ store, contractWallets })),
    ...createRoutes(MlsApi, mls),
    ...createRoutes(D14nMigrationApi, createMigrationService({ cutoverMs: () => faults.plan().cutoverMs ?? null })),
  ];
}
