// The one way to a Chromium, for tests and measurements: one of this machine where there is one, else the one that comes with npm.
import fs from 'node:fs'
import path from 'node:path'
import chromiumFromNpm from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './chromium-path.ts'

/** shopify-app-remix answers headless browsers with 410. */
const ORDINARY =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const OF_THE_SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** In one process, closing a context would close the browser; whether it has a head is said beside them. */
const UNWANTED = /single-process|no-zygote|headless/
const SCREENSHOTS = 'test-results'

/** Errors: rejects when no Chromium starts, with what it said. */
export async function launchBrowser(): Promise<Browser> {
  const named = [process.env.CHROMIUM_PATH, ...OF_THE_SYSTEM].find((file) => file && fs.existsSync(file))
  if (named) return chromium.launch({ executablePath: named, args: ['--no-sandbox'] })
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumFromNpm.args.filter((arg) => !UNWANTED.test(arg)),
    headless: true,
  })
}

export interface ProfileOptions {
  width?: number
  height?: number
  /** Animations as most people see them; by default there are none to wait for. */
  animated?: boolean
  /** IANA; the machine's own by default. */
  timezoneId?: string
  javaScriptEnabled?: boolean
}

/** A fresh profile with an ordinary user agent. */
export function newProfile(browser: Browser, options: ProfileOptions = {}): Promise<BrowserContext> {
  return browser.newContext({
    userAgent: ORDINARY,
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    reducedMotion: options.animated ? 'no-preference' : 'reduce',
    acceptDownloads: true,
    timezoneId: options.timezoneId,
    javaScriptEnabled: options.javaScriptEnabled,
  })
}

/** A person with a profile of their own. Page errors are collected in `errors`. */
export async function openVisitor(
  browser: Browser,
  options: ProfileOptions = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await newProfile(browser, options)
  context.setDefaultTimeout(30_000)
  const page = await context.newPage()
  const errors: string[] = []
  page.on('pageerror', (error) => errors.push(error.message))
  return { context, page, errors }
}

/** For a person to look at: test-results/NAME.png */
export async function takePicture(page: Page, name: string): Promise<void> {
  fs.mkdirSync(SCREENSHOTS, { recursive: true })
  await page.screenshot({ path: path.join(SCREENSHOTS, `${name}.png`) })
}
