// The public surface of @xmtp-messaging/ens-resolver/browser: no Node, so no id-cli and no hosts file.
import '@xmtp-messaging/errors/runtime';
export { createEnsResolver } from './create-ens-resolver.ts';
export type { SharedOptions as EnsResolverOptions } from '../resolver-options.ts';
export * from '../surface.ts';
