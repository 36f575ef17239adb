// Loaded with --import: whoever asks for one of XMTP's packages gets that of another folder, and the checkout stays as it is.
import { existsSync } from 'node:fs';
import { registerHooks } from 'node:module';
import process from 'node:process';
import { pathToFileURL } from 'node:url';

const folder = process.env['NIGHTLY_PACKAGES'];
if (folder === undefined) throw new Error('NIGHTLY_PACKAGES names the folder that has them.');
const other = `${pathToFileURL(folder).href}/node_modules/`;
const own = /^.*\/node_modules\/(?=@xmtp\/(?:node-sdk|node-bindings|content-type-primitives)\/)/u;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    if (found.url.startsWith(other)) return found;
    const url = found.url.replace(own, other);
    return url !== found.url && existsSync(new URL(url)) ? { ...found, url } : found;
  },
});
