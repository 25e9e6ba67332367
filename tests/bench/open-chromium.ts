// A Chromium for measuring: the one that CHROMIUM_PATH names, the system's, else the one that comes by npm.
import fs from 'node:fs'
import bundled from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'
import { chromiumPath } from '../harness/chromium-path.ts'

const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome']
/** Shopify's library turns away what calls itself headless. */
export const USER_AGENT =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'

export async function openChromium(): Promise<Browser> {
  const system = [process.env.CHROMIUM_PATH ?? '', ...SYSTEM].find(
    (file) => file !== '' && fs.existsSync(file),
  )
  if (system) return chromium.launch({ executablePath: system, args: ['--no-sandbox'] })
  // The bundle's own switches are for machines without a screen or a GPU; those that change timing are left out.
  const args = bundled.args.filter((arg) => !/single-process|headless/.test(arg))
  return chromium.launch({ executablePath: await chromiumPath(), args, headless: true })
}
