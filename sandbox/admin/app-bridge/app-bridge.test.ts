import type { Browser, BrowserContext, FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { launchBrowser, newProfile } from '#tests/harness/browser.ts'
import { API_KEY, HANDLE, startToyWorld, type ToyWorld } from './toy-app.test-support.ts'

let browser: Browser
let world: ToyWorld
/** What the toy app was asked, in order. */
const asked: Array<{ path: string; authorization: string | undefined }> = []

beforeAll(async () => {
  world = await startToyWorld()
  mountToyApp(world)
  browser = await launchBrowser()
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await world?.stop()
})

function mountToyApp({ app, sandboxUrl }: ToyWorld): void {
  app.get('/api/echo', (context) => {
    asked.push({ path: '/api/echo', authorization: context.req.header('authorization') })
    return context.json({ authorization: context.req.header('authorization') ?? null })
  })
  let refusals = 0
  app.post('/api/stale', async (context) => {
    refusals += 1
    const body = await context.req.text()
    if (refusals > 1) return context.json({ body, tries: refusals })
    return context.json({}, 401, { 'X-Shopify-Retry-Invalid-Session-Request': '1' })
  })
  app.get('/api/reauthorize', (context) =>
    context.json({}, 401, {
      'X-Shopify-API-Request-Failure-Reauthorize': '1',
      'X-Shopify-API-Request-Failure-Reauthorize-Url': `https://admin.shopify.com/store/${HANDLE}/orders`,
    }),
  )
  app.get('/bounce', (context) =>
    context.html(`<script data-api-key="${API_KEY}" src="${sandboxUrl}/app-bridge.js"></script>`),
  )
  app.get('/app/*', (context) =>
    context.html(`<!doctype html><title>Toy</title>
<script data-api-key="${API_KEY}" src="${sandboxUrl}/app-bridge.js"></script>
<body><ui-nav-menu><a href="/app/home" rel="home">Home</a><a href="/app/creators">Creators</a></ui-nav-menu>
<ui-title-bar title="Toy page"><button variant="primary" onclick="window.pressed = true">Add</button></ui-title-bar>
<ui-save-bar id="bar"><button variant="primary" onclick="window.saved = true"></button><button onclick="window.discarded = true"></button></ui-save-bar>
<form data-save-bar onsubmit="event.preventDefault(); window.submitted = new FormData(this).get('name')"><input name="name" value="old"></form>
<ui-modal id="dialog"><p>Are you sure?</p><ui-title-bar title="Delete it"><button variant="primary" onclick="window.confirmed = true">Delete</button></ui-title-bar></ui-modal>
<a id="out" target="_top" href="https://admin.shopify.com/store/${HANDLE}/products">Products</a><p id="where"></p>
<script>addEventListener('shopify:navigate', (event) => { const href = event.target.getAttribute('href'); history.pushState(null, '', href); document.getElementById('where').textContent = href })
for (const name of ['show', 'hide']) document.getElementById('bar').addEventListener(name, () => (window.lastBarEvent = name))</script>`),
  )
}

async function openShell(
  path = '/app/home',
): Promise<{ page: Page; app: FrameLocator; context: BrowserContext }> {
  const context = await newProfile(browser)
  onTestFinished(() => context.close())
  const page = await context.newPage()
  await page.goto(`${world.sandboxUrl}/store/${HANDLE}/apps/${API_KEY}${path}`)
  await page.locator('#app-nav a').first().waitFor()
  return { page, app: page.frameLocator('#app-frame'), context }
}

/** Runs in the app's frame; the answer must be JSON. */
function inApp<T>(page: Page, script: string): Promise<T> {
  const frame = page.frames().find((candidate) => candidate !== page.mainFrame())
  if (!frame) throw new Error('The app has no frame.')
  return frame.evaluate(script) as Promise<T>
}

function claimsOf(token: string): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString())
}

test('the app gets a session token of its shop, and its own requests carry one', async () => {
  const { page } = await openShell()
  const token = await inApp<string>(page, 'shopify.idToken()')
  expect(claimsOf(token)).toMatchObject({ dest: `https://${HANDLE}.myshopify.com`, aud: API_KEY })
  const echoed = await inApp<{ authorization: string }>(
    page,
    'fetch("/api/echo").then((answer) => answer.json())',
  )
  expect(echoed.authorization).toMatch(/^Bearer eyJ/)
})

test('a request with a stale token is repeated once, with its body', async () => {
  const { page } = await openShell()
  const answer = await inApp(
    page,
    'fetch("/api/stale", { method: "POST", body: "42" }).then((answer) => answer.json())',
  )
  expect(answer).toEqual({ body: '42', tries: 2 })
})

test('a re-authorization address moves the whole window, mapped to the sandbox', async () => {
  const { page } = await openShell()
  await inApp(page, 'fetch("/api/reauthorize").then(() => null)')
  await page.waitForURL(`**/store/${HANDLE}/orders`)
})

test('the menu navigates inside the app, the address follows, and a reload comes back to the same page', async () => {
  const { page, app } = await openShell()
  await page.locator('#app-nav a', { hasText: 'Creators' }).click()
  await app.locator('#where', { hasText: '/app/creators' }).waitFor()
  await page.waitForURL(`**/apps/${API_KEY}/app/creators`)
  await page.locator('#app-nav a[aria-current]', { hasText: 'Creators' }).waitFor()
  await page.reload()
  await page.locator('#app-nav a[aria-current]', { hasText: 'Creators' }).waitFor()
  expect(page.url()).not.toContain('id_token')
})

test('the save bar opens, saves and discards through the app, and holds back the way out', async () => {
  const { page } = await openShell()
  await inApp(page, 'shopify.saveBar.show("bar")')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => inApp(page, 'window.saved')).toBe(true)
  expect(await inApp(page, 'window.lastBarEvent')).toBe('show')
  await page.locator('.sidebar a', { hasText: 'Orders' }).click()
  expect(page.url()).toContain('/app/home')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => inApp(page, 'window.discarded')).toBe(true)
  await inApp(page, 'shopify.saveBar.hide("bar")')
  await page.locator('#save-bar').waitFor({ state: 'hidden' })
})

test('a form with data-save-bar opens the bar when typed in; Save submits it, Discard resets it', async () => {
  const { page, app } = await openShell()
  await app.locator('input[name=name]').fill('new')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => inApp(page, 'window.submitted')).toBe('new')
  await page.locator('#save-bar').waitFor({ state: 'hidden' })
  await app.locator('input[name=name]').fill('newer')
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect.poll(() => app.locator('input[name=name]').inputValue()).toBe('old')
})

test('a modal shows its content and actions, and Escape closes it', async () => {
  const { page, app } = await openShell()
  await inApp(page, 'shopify.modal.show("dialog")')
  const dialog = app.getByRole('dialog', { name: 'Delete it' })
  await dialog.getByText('Are you sure?').waitFor()
  await dialog.getByRole('button', { name: 'Delete' }).click()
  expect(await inApp(page, 'window.confirmed')).toBe(true)
  await dialog.press('Escape')
  await dialog.waitFor({ state: 'hidden' })
})

test('toasts, the title bar and its button are drawn by the shell', async () => {
  const { page } = await openShell()
  await inApp(page, 'void shopify.toast.show("Saved")')
  await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor()
  await page.locator('#page-title', { hasText: 'Toy page' }).waitFor()
  await page.locator('#page-actions button', { hasText: 'Add' }).click()
  await expect.poll(() => inApp(page, 'window.pressed')).toBe(true)
})

test('the resource picker answers with the chosen products, and with nothing when cancelled', async () => {
  const { page } = await openShell()
  const choice = inApp<Array<{ title: string; id: string }>>(
    page,
    'shopify.resourcePicker({ type: "product", multiple: true })',
  )
  await page.locator('#picker-search').fill('ring')
  await page.locator('.picker-row', { hasText: 'Fern Ring' }).click()
  await page.locator('#picker-confirm').click()
  const chosen = await choice
  expect(chosen.map(({ title }) => title)).toEqual(['Fern Ring'])
  expect(chosen[0]?.id).toMatch(/^gid:\/\/shopify\/Product\/\d+$/)
  const cancelled = inApp<boolean>(
    page,
    'shopify.resourcePicker({ type: "collection" }).then((answer) => answer === undefined)',
  )
  await page.locator('#picker [data-cancel]').first().click()
  expect(await cancelled).toBe(true)
})

test('links that aim at the whole window go to the sandbox in place of Shopify', async () => {
  const { page, app } = await openShell()
  await app.locator('#out').click()
  await page.waitForURL(`${world.sandboxUrl}/store/${HANDLE}/products`)
})

test('the bounce page fetches a token and returns, but only within the app', async () => {
  const { page, app } = await openShell('/bounce?shopify-reload=%2Fapp%2Fcreators%3Ffrom%3Dbounce').catch(
    async () => {
      throw new Error('the bounce page did not come back')
    },
  )
  await app.locator('form').waitFor()
  expect(page.url()).toContain('/app/creators?from=bounce')
})

test('what is not implemented refuses by name', async () => {
  const { page } = await openShell()
  expect(
    await inApp(page, 'shopify.intents.invoke("create:shopify/Product").catch((error) => error.message)'),
  ).toContain('shopify.intents.invoke')
})

test('a stranger in a frame gets no token: the shell answers the app alone', async () => {
  const { page } = await openShell()
  const answer = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const stranger = document.createElement('iframe')
        stranger.srcdoc = `<script>addEventListener('message', (event) => parent.postMessage({ leaked: event.data }, '*'));
          parent.postMessage({ channel: 'sandbox-admin/1', kind: 'question', id: 1, question: { method: 'idToken' } }, '*')</script>`
        addEventListener('message', (event) => 'leaked' in event.data && resolve('leaked'))
        document.body.append(stranger)
        setTimeout(() => resolve('silence'), 800)
      }),
  )
  expect(answer).toBe('silence')
})
