/** What Node needs to run this workspace's sources as they are, whoever starts it; what it compiles is kept in the checkout for the next. */
export const sourceFlags = [
  '--conditions=@xmtp-messaging/source',
  '--disable-warning=ExperimentalWarning',
  `--import=${new URL('keep-compiled.mjs', import.meta.url).href}`,
] as const;
