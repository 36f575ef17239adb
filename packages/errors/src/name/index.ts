// Names of people: the one normalisation of the house. Browser-safe.
import '../runtime/index.ts';
export { isName, type ListName, looksLikeName, nameKey, readListedName, readListName } from './list-name.ts';
export { maxNameBytes, normalizeName, type NormalizedName } from './normalize-name.ts';
