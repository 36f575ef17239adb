import { type Health, HealthCheckResponse_ServingStatus as ServingStatus } from '../gen/grpc/health/v1/health_pb.ts';
import type { ServiceHandlers } from './service-types.ts';

/** Clients take the node that answers this first. */
export function createHealthService(): ServiceHandlers<typeof Health> {
  return { check: () => ({ status: ServingStatus.SERVING }) };
}
