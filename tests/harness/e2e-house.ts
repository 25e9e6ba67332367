// The real house for browser tests: database, sandbox, web and worker as processes of their own, with the boutique's pieces on its shelves.
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Browser, FrameLocator, Page } from 'playwright-core'
import { onTestFailed } from 'vitest'
import { type AppClient, connectApp } from '#sandbox/demo/app-client.ts'
import { type ControlClient, connectControl } from '#sandbox/demo/control-client.ts'
import { seededRandom } from '#sandbox/demo/seeded-random.ts'
import { type ShopIds, setUpShop } from '#sandbox/demo/set-up-shop.ts'
import { type SignedCreator, type StoryTools, signUpCreators } from '#sandbox/demo/sign-up-creators.ts'
import { type House, startHouse } from '#sandbox/demo/start-house.ts'
import { SHOP } from '#sandbox/demo/story-cast.ts'
import { type HouseUrls, urlsOf } from '#sandbox/demo/url-panel.ts'
import { type WorkWatch, watchWork } from '#sandbox/demo/wait-until-done.ts'
import { launchBrowser, openVisitor, type ProfileOptions, takePicture } from './browser.ts'

export { SHOP }

export interface E2eHouse extends AsyncDisposable {
  house: House
  control: ControlClient
  app: AppClient
  work: WorkWatch
  urls: HouseUrls
  ids: ShopIds
  browser: Browser
  /** A fresh browser profile. A test that fails leaves a picture of it. */
  visit(options?: ProfileOptions): ReturnType<typeof openVisitor>
  /** Installs the app and signs up the story's creators, over HTTP. */
  signUp(): Promise<SignedCreator[]>
  moveClock(to: string): Promise<void>
}

/** `now`: where the movable clock stands at the beginning. */
export async function openE2eHouse(now = '2026-03-02T15:00:00Z'): Promise<E2eHouse> {
  if (!fs.existsSync('build/sandbox/web.js')) {
    throw new Error('There is no build to test: run npm run build:sandbox first (npm test does).')
  }
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-e2e-'))
  // The embedded server runs as a user of its own when we are root: it must be able to enter.
  fs.chmodSync(folder, 0o755)
  // First what is most likely to fail, so that no house is left behind.
  const browser = await launchBrowser()
  const house = await startHouse({ folder, ports: { app: 0, sandbox: 0, smtp: 0 } })
  const control = connectControl(house.sandboxUrl)
  await control.call('/control/clock', { to: now })
  const ids = await setUpShop(control)
  const app = connectApp(house.appUrl, control, SHOP.domain)
  const work = await watchWork(house.env.DATABASE_URL ?? '', control)
  return {
    house,
    control,
    app,
    work,
    urls: urlsOf(house),
    ids,
    browser,
    async visit(options) {
      const visitor = await openVisitor(browser, options)
      onTestFailed(({ task }) =>
        takePicture(visitor.page, `failed-${task.name.replace(/[^\w]+/g, '-').slice(0, 60)}`),
      )
      return visitor
    },
    async signUp() {
      await control.call(`/control/shops/${SHOP.domain}/install`)
      await app.open('/app')
      await work.untilDone()
      const today = async () => (await control.get<{ now: string }>('/control/clock')).now.slice(0, 10)
      const tools: StoryTools = { control, app, work, random: seededRandom(11), ids, today }
      return signUpCreators(tools)
    },
    async moveClock(to) {
      await control.call('/control/clock', { to })
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await work.close()
      await house.stop()
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** The embedded app's document inside the admin shell. */
export function appFrame(page: Page): FrameLocator {
  return page.frameLocator('#frame iframe')
}

/** Opens an app's page in the admin and waits until it answers to clicks and keys, which is later than it can be seen. */
export async function openAdmin(page: Page, urls: HouseUrls, appPath: string): Promise<FrameLocator> {
  await page.goto(adminUrl(urls, appPath))
  const app = appFrame(page)
  await untilAlive(app)
  return app
}

export async function untilAlive(app: FrameLocator): Promise<void> {
  const heading = app.locator('h1').first()
  const until = Date.now() + 30_000
  for (;;) {
    const alive = await heading.evaluate((element) =>
      Object.keys(element).some((key) => key.startsWith('__reactProps')),
    )
    if (alive) return
    if (Date.now() > until) throw new Error('the page did not come alive within 30 s')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}

/** The address of an app's page inside the admin shell: `/app/creators`. */
export function adminUrl(urls: HouseUrls, appPath: string): string {
  return urls.admin.replace(/\/app$/, appPath)
}
