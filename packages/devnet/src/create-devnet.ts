import { IdentityApi } from './gen/xmtp/identity/api/v1/identity_pb.ts';
import { D14nMigrationApi } from './gen/xmtp/migration/api/v1/migration_pb.ts';
import { MlsApi } from './gen/xmtp/mls/api/v1/mls_pb.ts';
import { createContractWallets } from './identity/contract-wallets.ts';
import { createIdentityService } from './services/identity-service.ts';
import { createMigrationService } from './services/migration-service.ts';
import { createMlsService } from './services/mls-service.ts';
import { createTopicHub } from './services/topic-hub.ts';
import { createStore } from './store/create-store.ts';
import { startGrpcServer } from './transport/grpc-server.ts';
import { createRoutes } from './transport/routes.ts';
import type { Devnet, DevnetOptions } from './types.ts';

/** Starts a local XMTP network. */
export async function createDevnet(options: DevnetOptions = {}): Promise<Devnet> {
  const { host = '127.0.0.1', port = 0, dataDir, chains = {}, now = Date.now, closeGraceMs = 250 } = options;
  const store = createStore({ dataDir, now });
  const groups = createTopicHub();
  const welcomes = createTopicHub();
  const routes = [
    ...createRoutes(IdentityApi, createIdentityService({ store, contractWallets: createContractWallets(chains) })),
    ...createRoutes(MlsApi, createMlsService({ store, groups, welcomes })),
    ...createRoutes(D14nMigrationApi, createMigrationService()),
  ];
  const server = await startGrpcServer({ routes, host, port });
  let closing: Promise<void> | null = null;
  return {
    url: `http://${host}:${server.port}`,
    port: server.port,
    stats: () => ({ stored: store.counts(), streams: { groups: groups.size(), welcomes: welcomes.size() } }),
    close() {
      closing ??= server.close(closeGraceMs).then(() => store.close());
      return closing;
    },
  };
}
