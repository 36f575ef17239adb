// Only the resolver: where each name leads, who says so, and whether that is enough to send something that cannot be called back.
import process from 'node:process';
import { createEnsResolver } from '@xmtp-messaging/ens-resolver';

const { WEB3_BIO_URL, ETH_RPC_URL } = process.env;

const resolver = createEnsResolver({
  ...(WEB3_BIO_URL === undefined ? {} : { web3bio: { baseUrl: WEB3_BIO_URL } }),
  // With a node of yours the chain must confirm what web3.bio says.
  ...(ETH_RPC_URL === undefined ? {} : { onchain: { rpcUrl: ETH_RPC_URL }, verify: true }),
});

for (const { input, ...found } of await resolver.resolveMany(process.argv.slice(2))) {
  if (!found.ok) {
    console.log(`${input}: ${found.error.message}`);
    process.exitCode = 1;
    continue;
  }
  const { address, source, verified } = found.resolution;
  const advice = verified ? 'certain' : `so says ${source} alone: write there, but ask before you pay`;
  console.log(`${input}: ${address} (${advice})`);
}
