/** How a wallet is made. The name is left to the reader: one that holds quotes would break out of a command line. */
export const createHint =
  'Create it with `npx -y @open-wallet-standard/core wallet create --name NAME`, with the HOME that the signer uses.';
