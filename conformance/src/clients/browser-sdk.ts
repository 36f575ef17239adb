import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import process from 'node:process';
import { privateKeyToAccount } from 'viem/accounts';
import { bundlePage } from './browser/bundle-page.ts';
import { launchBrowser } from './browser/launch-browser.ts';
import type { Page } from './browser/serve-page.ts';
import type { ClientKind, ClientSource, OpenOptions } from './client-kind.ts';
import { fetchPackages } from './fetch-packages.ts';
import type { Peer, Person } from './person.ts';
import { versionOf } from './version-of.ts';

const packages = {
  '@xmtp/browser-sdk': '7.0.0',
  'playwright-core': '1.65.1',
  '@sparticuz/chromium': '153.0.0',
  // The SDK imports it without asking for it.
  viem: '2.57.20',
  esbuild: '0.28.2',
};

/** What can go into the page: of a person, who it is. */
function toPlain(given: unknown): unknown {
  if (Array.isArray(given)) return given.map(toPlain);
  if (typeof given !== 'object' || given === null) return given;
  const { inboxId, address } = given as Peer;
  return { inboxId, address };
}

/** The SDK for browsers, in a page that Chromium shows nobody. */
export const browserSdk: ClientSource = {
  name: 'browser-sdk',
  about: 'the SDK for browsers in Chromium, fetched from npm',
  async start({ folder: root, tell }): Promise<ClientKind> {
    const folder = await fetchPackages({ folder: join(root, 'browser-sdk'), packages, tell });
    const files = await bundlePage(folder);
    const browser = await launchBrowser(folder, process.env);
    const server = createServer(({ url = '/' }, response) => {
      const file = files.get(url);
      if (file === undefined) response.writeHead(404).end();
      else response.setHeader('content-type', file.type).end(file.body);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const page = await browser.newPage();
    const accounts = new Map<string, ReturnType<typeof privateKeyToAccount>>();
    await page.exposeFunction('signFor', async (address: string, message: string) =>
      (await accounts.get(address)!.signMessage({ message })).slice(2),
    );
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    await page.waitForFunction('globalThis.page !== undefined');

    const open = async ({ network, privateKey, deviceSync = false }: OpenOptions): Promise<Person> => {
      const account = privateKeyToAccount(privateKey);
      const address = account.address.toLowerCase();
      accounts.set(address, account);
      const options = {
        env: 'local',
        apiUrl: network.webUrl,
        ...(network.gatewayUrl === null ? {} : { gatewayHost: network.webUrl }),
        historySyncUrl: network.historyUrl,
        dbPath: null,
        disableDeviceSync: !deviceSync,
      };
      const opened = await page.evaluate(
        (given) => (globalThis as unknown as { page: Page }).page.open(given.address, given.options),
        {
          address,
          options,
        },
      );
      const act = (method: string, args: readonly unknown[]) =>
        page.evaluate(
          (given) => (globalThis as unknown as { page: Page }).page.call(given.id, given.method, given.args),
          { id: opened.id, method, args: args.map(toPlain) },
        );
      const known = { address, inboxId: opened.inboxId, installationId: opened.installationId };
      // A promise is resolved with it, which asks whether it is one itself.
      const own = (name: string) => name === 'then' || name in known;
      return new Proxy(known as Person, {
        get: (target, name: string) =>
          own(name) ? target[name as keyof Person] : (...args: readonly unknown[]) => act(name, args),
      });
    };
    return {
      name: 'browser-sdk',
      version: `${versionOf('@xmtp/browser-sdk', join(folder, 'package.json'))}, Chromium ${browser.version().split('.')[0]}`,
      lacks: [],
      cannotSpeak: {},
      open,
      async close() {
        await browser.close();
        server.close();
      },
    };
  },
};
