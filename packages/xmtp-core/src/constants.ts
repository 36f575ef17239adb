/** Largest text in UTF-8 bytes; the network refuses payloads over about 1 MiB. */
export const maxTextBytes = 1_000_000;
/** Largest content of any type as it travels, with its parameters and its fallback, in bytes. */
export const maxContentBytes = 1_020_000;
/** Installations that the network allows for one inbox. */
export const installationLimit = 10;
/** Installations at which a further one is registered only when told to. */
export const installationReserve = 8;
/** Identity updates that the network allows for one inbox, ever. */
export const identityUpdateLimit = 256;
/** Identity updates from which status warns. */
export const identityUpdateWarning = 200;
/** Messages that a lane gathers behind one look at the members. */
export const laneBatch = 32;
/**
 * Messages that a lane gathers into one publication. The SDK tries a publication three times, and each attempt gives up
 * one message: so when it has failed, none is left for a later sync, which would encrypt it for the members of before.
 */
export const publishTogether = 3;
/** How long a finished send is remembered by its idempotency key, in milliseconds. */
export const idempotencyRetentionMs = 7 * 24 * 3_600_000;
