import type { Faults } from '../faults/create-faults.ts';
import { Health } from '../gen/grpc/health/v1/health_pb.ts';
import { IdentityApi } from '../gen/xmtp/identity/api/v1/identity_pb.ts';
import { D14nMigrationApi } from '../gen/xmtp/migration/api/v1/migration_pb.ts';
import { MlsApi } from '../gen/xmtp/mls/api/v1/mls_pb.ts';
import { ReplicationApi } from '../gen/xmtp/xmtpv4/message_api/message_api_pb.ts';
import { PayerApi } from '../gen/xmtp/xmtpv4/payer_api/payer_api_pb.ts';
import type { ContractWallets } from '../identity/create-contract-wallets.ts';
import type { Limits } from '../limits/create-quotas.ts';
import type { Store } from '../store/create-store.ts';
import { originators } from '../store/originators.ts';
import { createRoutes, type Route } from '../transport/create-routes.ts';
import { createHealthService } from './create-health-service.ts';
import { createIdentityService } from './create-identity-service.ts';
import { createMigrationService } from './create-migration-service.ts';
import { createMlsService } from './create-mls-service.ts';
import { createPayerService } from './create-payer-service.ts';
import { createPublishUpdate } from './create-publish-update.ts';
import { createReplicationService, isNotice } from './create-replication-service.ts';
import { createTopicHub, withPrefix } from './create-topic-hub.ts';

export interface NetworkRoutesOptions {
  readonly store: Store;
  readonly faults: Faults;
  readonly limits: Limits;
  readonly contractWallets: ContractWallets;
}

/** Every method of the network, by who serves it. All stand on one store: what is posted one way is read the other. */
export interface NetworkRoutes {
  /** Of both networks. */
  readonly common: Route[];
  readonly v3: Route[];
  /** @param nodes URL by originator id. */
  gateway(nodes: () => Readonly<Record<number, string>>): Route[];
  /** @param id Originator id of the node. */
  node(id: number): Route[];
}

/** The originator id of the nth node, from 0. */
export const toNodeId = (index: number): number => originators.firstNode * (index + 1);

export function createNetworkRoutes({ store, faults, limits, contractWallets }: NetworkRoutesOptions): NetworkRoutes {
  const { payloadBytes = Infinity } = limits;
  const hub = createTopicHub();
  const publishUpdate = createPublishUpdate({ store, contractWallets });
  const identity = createIdentityService({ store, contractWallets, publishUpdate, hub: withPrefix(hub, '02') });
  const [groups, welcomes] = [withPrefix(hub, '00'), withPrefix(hub, '01')];
  const mls = createMlsService({ store, groups, welcomes, payloadBytes });
  return {
    common: createRoutes(
      D14nMigrationApi,
      createMigrationService({ cutoverMs: () => faults.plan().cutoverMs ?? null }),
    ),
    v3: [...createRoutes(IdentityApi, identity), ...createRoutes(MlsApi, mls)],
    gateway(nodes) {
      const isDown = (node: number) => faults.ofNode(node)?.down === true;
      const payer = createPayerService({ store, hub, publishUpdate, payloadBytes, nodes, isDown });
      return createRoutes(PayerApi, payer);
    },
    node(id) {
      const replication = createReplicationService({ store, hub, fault: () => faults.ofNode(id) });
      const routes = [...createRoutes(ReplicationApi, replication), ...createRoutes(Health, createHealthService())];
      return routes.map((route) => ({ ...route, node: id, isNotice }));
    },
  };
}
