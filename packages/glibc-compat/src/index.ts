// The public surface of @xmtp-messaging/glibc-compat. Most programs need only `./register`.
import '@xmtp-messaging/errors/node-version';
export { assessHost, type Host } from './assess-host.ts';
export { defaultCacheFolder, type CacheFolderOptions } from './default-cache-folder.ts';
export { GlibcCompatError, type GlibcCompatErrorCode, glibcCompatErrorTexts } from './errors.ts';
export { findBinding, type FindBindingOptions } from './find-binding.ts';
export { hostGlibc } from './host-glibc.ts';
export { applyPatch, planPatch, type Edit, type PlanPatchOptions } from './plan-patch.ts';
export { prepareBinding, type PrepareBindingOptions } from './prepare-binding.ts';
