// The public surface of @xmtp-messaging/ens-resolver.
import '@xmtp-messaging/errors/node-version';
export { type CliFlags, readEnvironment } from './cli/read-environment.ts';
export { createEnsResolver } from './create-ens-resolver.ts';
export type { HostsOptions } from './hosts/open-hosts-file.ts';
export type { IdCliOptions } from './id-cli/id-cli-options.ts';
export { parseIdCliInfo, type IdCliRun } from './id-cli/parse-id-cli-info.ts';
export type { EnsResolverOptions } from './resolver-options.ts';
export * from './surface.ts';
