// A Chromium from npm for the sandbox's own browser tests.
import chromium from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium as playwright } from 'playwright-core'
import { chromiumPath } from '#tests/harness/chromium-path.ts'

/** The library answers browsers that call themselves headless with 410. */
const AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
/** In one process, closing a context would close the browser. */
const UNWANTED = new Set(['--single-process', '--no-zygote'])

export async function launchChromium(): Promise<Browser> {
  return playwright.launch({
    args: chromium.args.filter((arg) => !UNWANTED.has(arg)),
    executablePath: await chromiumPath(),
    headless: true,
  })
}

/** A fresh profile with an ordinary user agent. */
export function newProfile(browser: Browser): Promise<BrowserContext> {
  return browser.newContext({ userAgent: AGENT, viewport: { width: 1200, height: 800 } })
}
