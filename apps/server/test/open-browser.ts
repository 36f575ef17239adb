import { findBrowser } from '@xmtp-messaging/testing/find-browser';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

/** This machine's Chromium, or the one that npm brings, without a window. @throws Error: in one sentence, why none starts */
export async function openBrowser(): Promise<Browser> {
  try {
    const own = findBrowser(process.env);
    const executablePath = own ?? (await (await import('@sparticuz/chromium')).default.executablePath());
    return await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-dev-shm-usage'], headless: true });
  } catch (error) {
    const [first] = (error instanceof Error ? error.message : String(error)).split('\n');
    throw new Error(
      `The page needs a Chromium to be tested, and none starts here (install one, or set CHROMIUM_PATH): ${first}`,
      { cause: error },
    );
  }
}

/** A tab, and everything in it that must not be. */
export interface Tab {
  page: Page;
  /** Violations of the policy, errors, requests to elsewhere. */
  faults: string[];
  close(): Promise<void>;
}

/** Opens a tab of its own, with its own storage. @param origin Everything that is loaded from elsewhere is a fault. */
export async function openTab(browser: Browser, origin: string, options: BrowserContextOptions = {}): Promise<Tab> {
  const context = await browser.newContext({ reducedMotion: 'reduce', ...options });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  return { page, faults: await watchFaults(page, origin), close: () => context.close() };
}

/** What goes wrong in a page from now on. */
export async function watchFaults(page: Page, origin: string): Promise<string[]> {
  const faults: string[] = [];
  await page.exposeFunction('tellFault', (fault: string) => void faults.push(fault));
  await page.addInitScript({
    content: `addEventListener('securitypolicyviolation', (event) =>
      tellFault(['policy:', event.effectiveDirective, event.blockedURI, event.sample].join(' ')));`,
  });
  page.on('pageerror', (error) => faults.push(`error: ${error.message}`));
  page.on('dialog', (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (!request.url().startsWith(`${origin}/`) && !request.url().startsWith('blob:'))
      faults.push(`request: ${request.url()}`);
  });
  return faults;
}
