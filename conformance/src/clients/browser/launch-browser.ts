import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findBrowser } from '@xmtp-messaging/testing/find-browser';
import { NotAvailable } from '../not-available.ts';

/** What is used of a page of playwright-core. */
export interface BrowserPage {
  goto(url: string): Promise<unknown>;
  exposeFunction(name: string, call: (...args: never[]) => unknown): Promise<void>;
  waitForFunction(expression: string): Promise<unknown>;
  evaluate<Given, Result>(call: (given: Given) => Result | Promise<Result>, given: Given): Promise<Result>;
}

export interface Browser {
  newPage(): Promise<BrowserPage>;
  version(): string;
  close(): Promise<void>;
}

interface Playwright {
  chromium: { launch(options: object): Promise<Browser> };
}

interface PackedChromium {
  default: { executablePath(): Promise<string> };
}

/**
 * This machine's Chromium, or the one that npm brings, without a window.
 * @param folder Where playwright-core and @sparticuz/chromium are installed.
 * @throws NotAvailable: it does not start here
 */
export async function launchBrowser(folder: string, env: NodeJS.ProcessEnv): Promise<Browser> {
  const require = createRequire(join(folder, 'package.json'));
  const load = async (path: string): Promise<unknown> => await import(pathToFileURL(path).href);
  const { chromium } = require('playwright-core') as Playwright;
  try {
    const packed = join(folder, 'node_modules/@sparticuz/chromium/build/index.js');
    const executablePath =
      findBrowser(env) ?? (await ((await load(packed)) as PackedChromium).default.executablePath());
    return await chromium.launch({ executablePath, args: ['--no-sandbox'], headless: true });
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new NotAvailable(`No Chromium starts on this machine: ${first}`);
  }
}
