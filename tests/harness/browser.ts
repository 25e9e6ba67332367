// A Chromium for the browser tests: one of this machine where there is one, else the one that comes with npm.
import fs from 'node:fs'
import path from 'node:path'
import chromiumFromNpm from '@sparticuz/chromium'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { chromiumPath } from './chromium-path.ts'

/** shopify-app-remix answers headless browsers with 410. */
const ORDINARY =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
/** In one process, closing a context would close the browser. */
const UNWANTED = new Set(['--single-process', '--no-zygote'])
const SCREENSHOTS = 'test-results'

/** Errors: rejects when no Chromium starts, with what it said. */
export async function launchBrowser(): Promise<Browser> {
  const named = [process.env.CHROMIUM_PATH, '/usr/bin/chromium'].find((file) => file && fs.existsSync(file))
  if (named) return chromium.launch({ executablePath: named, args: ['--no-sandbox'] })
  return chromium.launch({
    executablePath: await chromiumPath(),
    args: chromiumFromNpm.args.filter((arg) => !UNWANTED.has(arg)),
    headless: true,
  })
}

/** A person's browser: ordinary user agent, no animations to wait for. Page errors are collected in `errors`. */
export async function openVisitor(
  browser: Browser,
  options: { width?: number; height?: number } = {},
): Promise<{ context: BrowserContext; page: Page; errors: string[] }> {
  const context = await browser.newContext({
    userAgent: ORDINARY,
    viewport: { width: options.width ?? 1280, height: options.height ?? 800 },
    reducedMotion: 'reduce',
    acceptDownloads: true,
  })
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
