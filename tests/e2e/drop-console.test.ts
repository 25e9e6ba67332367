// The host's hour: live view and console while a drop sells, what follows from a press before it is made, and afterwards report and claim log.
// One house and one drop, in the order in which it happens.
import fs from 'node:fs'
import type { FrameLocator, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256Hex } from '#app/adapters/crypto/digest.ts'
import { verifyClaims } from '#app/domain/drops/verify-claims.ts'
import { tryToBuy } from '#sandbox/demo/buy-on-storefront.ts'
import type { StoryDrop } from '#sandbox/demo/drop-cast.ts'
import { draftDrop, scheduleDrop, switchOnGate, variantOf } from '#sandbox/demo/plan-drop.ts'
import { seededRandom } from '#sandbox/demo/seeded-random.ts'
import type { Stage } from '#sandbox/demo/stage.ts'
import { axeViolations } from '../harness/axe.ts'
import { takePicture } from '../harness/browser.ts'
import { appFrame, type E2eHouse, openAdmin, openE2eHouse, SHOP } from '../harness/e2e-house.ts'

const OPENS = Date.parse('2026-11-20T23:00:00Z')
const RING = 'cinder-ring/0'
const DROP: StoryDrop = {
  title: 'Cinders at noon',
  handle: 'cinders-at-noon',
  creator: null,
  pieces: [RING],
  acts: [
    { kind: 'teaser', at: -600 },
    { kind: 'open', at: 0 },
    { kind: 'wave', at: 360, releases: { [RING]: 4 } },
    { kind: 'close', at: 1200 },
  ],
  terms: { lowAt: '5', lastAt: '2', limit: '2' },
  story: '',
}

let open: E2eHouse
let stage: Stage
let path: string

beforeAll(async () => {
  open = await openE2eHouse('2026-11-20T22:40:00Z')
  const { control, app, work, ids } = open
  await control.call(`/control/shops/${SHOP.domain}/install`)
  await app.open('/app')
  await work.untilDone()
  const today = async () => '2026-11-20'
  stage = { control, app, work, ids, today, creators: [], bookkeeper: app, random: seededRandom(29) }
  await switchOnGate(stage)
  const drop = await draftDrop(stage, DROP, new Date(OPENS))
  await scheduleDrop(stage, drop)
  path = `/app/drops/${drop.id}`
  await moveTo(-600)
  await moveTo(5)
}, 180_000)
afterAll(() => open?.[Symbol.asyncDispose]())

/** Seconds from the opening. What is due by then is done. */
async function moveTo(seconds: number): Promise<void> {
  await open.work.untilDone()
  await open.moveClock(new Date(OPENS + seconds * 1000).toISOString())
  await open.work.untilDone()
}

async function watch(): Promise<{ page: Page; app: FrameLocator; errors: string[] }> {
  const { page, errors } = await open.visit({ width: 1280, height: 900 })
  return { page, app: await openAdmin(page, open.urls, `${path}/live`), errors }
}

function consoleOf(app: FrameLocator, name: string) {
  return app.locator('.fil-console').getByRole('button', { name, exact: true })
}

/** The dialog that asks, with what follows: it is there before it can be pressed. */
async function asked(app: FrameLocator, title: string) {
  const dialog = app.getByRole('dialog', { name: title })
  await dialog.getByText('What happens when you press:').waitFor()
  return dialog
}

/** By Tab alone, as somebody without a mouse gets there. */
async function tabTo(page: Page, app: FrameLocator, name: string): Promise<void> {
  for (let presses = 0; presses < 20; presses++) {
    await page.keyboard.press('Tab')
    const focused = app.locator('button:focus')
    if ((await focused.count()) > 0 && (await focused.textContent()) === name) return
  }
  throw new Error(`Tab does not reach “${name}”`)
}

async function pressesInHistory(kind: string): Promise<number> {
  const { view } = (await open.app.load(path)) as { view: { events: Array<{ kind: string }> } }
  return view.events.filter((event) => event.kind === kind).length
}

test('an order shows on the live view by itself, with what is left and what comes next', async () => {
  const { page, app, errors } = await watch()
  await app.getByRole('heading', { name: 'Next: Restock 1' }).waitFor()
  await app.getByText('No order yet.').waitFor()
  await app.getByText('4 units of Cinder Ring').waitFor()
  expect(await app.getByRole('timer').textContent()).toMatch(/^[0-5]:\d\d$/)
  const variantId = variantOf(stage, RING)
  expect(await tryToBuy(open.urls.storefront, { variantId, quantity: 2 })).toMatchObject({ ok: true })
  await app.getByText('2 sold, 4 left').waitFor()
  await app.getByText(/^2 pieces, \d\d:\d\d:\d\d$/).waitFor()
  await takePicture(page, 'console-live')
  expect(await axeViolations(page)).toEqual([])
  expect(errors).toEqual([])
}, 90_000)

test('a hold says what follows, does nothing when it is not meant, and counts once however often it is pressed', async () => {
  const { page, app, errors } = await watch()
  await consoleOf(app, 'Hold').click()
  const dialog = await asked(app, 'Hold this drop?')
  await dialog.getByText(/^Nobody can buy it any more: in the shop at once/).waitFor()
  await dialog.getByText('4 units of Cinder Ring stay aside.').waitFor()
  await takePicture(page, 'console-hold')
  expect(await axeViolations(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Not now' }).click()
  await dialog.waitFor({ state: 'detached' })
  expect(await pressesInHistory('hold')).toBe(0)

  await consoleOf(app, 'Hold').click()
  await (await asked(app, 'Hold this drop?')).getByRole('button', { name: 'Hold now' }).dblclick()
  await app.getByText('It waits until you resume.').waitFor()
  await expect.poll(() => consoleOf(app, 'Resume').isVisible()).toBe(true)
  expect(await consoleOf(app, 'Hold').count()).toBe(0)
  expect(await pressesInHistory('hold')).toBe(1)
  expect(errors).toEqual([])
}, 90_000)

test('two hosts: the other one’s page follows, and a press on what is no longer so is refused in words', async () => {
  const mine = await watch()
  // My line is cut: I do not see what the other one does.
  const theirs = await watch()
  await mine.page.route('**/events*', (route) => route.abort())
  const again = await openAdmin(mine.page, open.urls, `${path}/live`)
  await consoleOf(again, 'Abort').click()
  const aborting = await asked(again, 'Abort this drop?')

  await consoleOf(theirs.app, 'Resume').click()
  const resuming = await asked(theirs.app, 'Resume this drop?')
  await resuming.getByText('Move what is still ahead by as long as the drop was held').waitFor()
  await takePicture(theirs.page, 'console-resume')
  await resuming.getByRole('button', { name: 'Resume', exact: true }).click()
  await expect.poll(() => consoleOf(theirs.app, 'Hold').isVisible()).toBe(true)

  await aborting.getByRole('button', { name: 'Abort for good' }).click()
  await aborting.getByText('The drop changed since you opened this page.').waitFor()
  // The page shows it as it stands now, and what a second press would do.
  await again.getByText('Live', { exact: true }).waitFor()
  await aborting.getByText(/^Nobody can buy it any more/).waitFor()
  await takePicture(mine.page, 'console-changed-meanwhile')
  await again.getByText('The line to your shop is down').waitFor()
  expect([await pressesInHistory('resume'), await pressesInHistory('abort')]).toEqual([1, 0])

  // With the line back, one host holds and the other's console offers to resume.
  await mine.page.unroute('**/events*')
  const back = await openAdmin(mine.page, open.urls, `${path}/live`)
  await open.work.untilDone()
  await consoleOf(theirs.app, 'Hold').click()
  await (await asked(theirs.app, 'Hold this drop?')).getByRole('button', { name: 'Hold now' }).click()
  await consoleOf(back, 'Resume').waitFor()
  await open.work.untilDone()
  await consoleOf(back, 'Resume').click()
  await (await asked(back, 'Resume this drop?')).getByRole('button', { name: 'Resume', exact: true }).click()
  await consoleOf(theirs.app, 'Hold').waitFor()
}, 120_000)

test('an extension tells what shoppers were promised, and refuses a close that is not later', async () => {
  const { page, app } = await watch()
  await open.work.untilDone()
  await consoleOf(app, 'Extend').click()
  const dialog = app.getByRole('dialog', { name: 'Extend this drop?' })
  await dialog.getByText(/^Shoppers were told .*18:20:00.* From now on they see .*18:30:00/).waitFor()
  await dialog.getByLabel('Time').fill('18:10:00')
  await dialog.getByText(/^The new close must be later than now/).waitFor()
  expect(await dialog.getByRole('button', { name: 'Extend', exact: true }).isDisabled()).toBe(true)
  await dialog.getByLabel('Time').fill('18:25:00')
  await dialog.getByText(/From now on they see .*18:25:00/).waitFor()
  await takePicture(page, 'console-extend')
  await dialog.getByRole('button', { name: 'Extend', exact: true }).click()
  await app.locator('.fil-live__acts').getByText('18:25:00').waitFor()
  expect(await pressesInHistory('extend')).toBe(1)
}, 90_000)

test('aborted by keyboard alone: final, said so before, and the page leads on to the report', async () => {
  await open.work.untilDone()
  const { page, app } = await watch()
  await consoleOf(app, 'Abort').focus()
  await page.keyboard.press('Enter')
  const dialog = await asked(app, 'Abort this drop?')
  await dialog.getByText('This cannot be undone.').waitFor()
  await dialog.getByText('4 units of Cinder Ring go back on the shelf.').waitFor()
  await page.keyboard.press('Escape')
  await dialog.waitFor({ state: 'detached' })
  await expect
    .poll(() => consoleOf(app, 'Abort').evaluate((button) => button === document.activeElement))
    .toBe(true)
  await page.keyboard.press('Enter')
  await (await asked(app, 'Abort this drop?')).getByText('This cannot be undone.').waitFor()
  await tabTo(page, app, 'Abort for good')
  await page.keyboard.press('Enter')
  await app.getByRole('heading', { name: 'The drop is over' }).waitFor()
  expect(await app.locator('.fil-console').count()).toBe(0)
  await open.work.untilDone()
  await app.getByRole('link', { name: 'Report' }).click()
  await app.getByRole('heading', { name: 'Each act' }).waitFor()
  await takePicture(page, 'console-report')
  expect(await axeViolations(page)).toEqual([])
}, 90_000)

test('what shoppers were told stands in the claim log, and its file proves itself', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1000 })
  const app = await openAdmin(page, open.urls, '/app/drops/claims')
  await app.getByText('Restock announced').first().waitFor()
  await app.getByText('4 pieces for sale · rule 1').first().waitFor()
  await takePicture(page, 'claim-log')
  expect(await axeViolations(page)).toEqual([])
  const rows = await app.getByRole('table').first().locator('tbody tr').count()
  const downloading = page.waitForEvent('download')
  await app.getByRole('button', { name: 'Export the whole log' }).click()
  const download = await downloading
  expect(download.suggestedFilename()).toBe('claim-log.ndjson')
  const lines = fs
    .readFileSync(await download.path(), 'utf8')
    .trimEnd()
    .split('\n')
  expect(await verifyClaims(lines, sha256Hex)).toMatchObject({ ok: true, shop: SHOP.domain, rows })
  const forged = lines.map((line) => line.replace('"available":4', '"available":40'))
  expect(forged).not.toEqual(lines)
  expect(await verifyClaims(forged, sha256Hex)).toMatchObject({ ok: false, fault: 'changed' })
  // No shopper is in it, by name or by address.
  expect(lines.join('\n')).not.toMatch(/nina|cole|shoppers\.example/i)

  await app.getByRole('combobox', { name: 'Drop' }).selectOption({ label: DROP.title })
  await page.waitForURL(/drop=/)
  await expect.poll(() => app.getByRole('table').first().locator('tbody tr').count()).toBe(rows)
  expect(errors).toEqual([])
}, 90_000)

test('the guide leads to the place in the theme editor where each block is added', async () => {
  const shopPath = `/control/shops/${SHOP.domain}/theme`
  await open.control.call(shopPath, { blocks: [] })
  const { page, context } = await open.visit({ width: 1280, height: 1200 })
  const app = await openAdmin(page, open.urls, '/app/drops/setup')
  expect(await axeViolations(page)).toEqual([])
  for (const [name, block, place] of [
    ['Add to product page: Countdown', 'drop-countdown', 'added to the template product, in mainSection'],
    ['Add to a page: Live overlay', 'drop-live', 'added to the template page, in a section of its own'],
  ] as const) {
    const opening = context.waitForEvent('page')
    await app.getByRole('link', { name }).click()
    const editor = await opening
    await editor.getByText(place).waitFor()
    await editor.getByRole('button', { name: 'Save' }).click()
    await editor.getByText(block).waitFor()
    await takePicture(editor, `theme-editor-${block}`)
    await editor.close()
  }
  const opening = context.waitForEvent('page')
  await app.getByRole('link', { name: 'Switch on: Filigree in your shop' }).click()
  await (await opening).getByText('is an app embed.').waitFor()
}, 90_000)

test('on a phone, and at 200 % zoom, nothing of it lies beside the page', async () => {
  for (const [width, name] of [
    [390, 'phone'],
    [640, 'zoomed'],
  ] as const) {
    const { page } = await open.visit({ width, height: 1200 })
    for (const [address, part] of [
      [`${path}/live`, 'live'],
      [`${path}/report`, 'report'],
      ['/app/drops/claims', 'claims'],
    ] as const) {
      await openAdmin(page, open.urls, address)
      await takePicture(page, `console-${part}-${name}`)
      const overhang = await appFrame(page)
        .locator('html')
        .evaluate((element) => element.scrollWidth - element.clientWidth)
      expect([address, name, overhang]).toEqual([address, name, 0])
    }
  }
}, 120_000)
