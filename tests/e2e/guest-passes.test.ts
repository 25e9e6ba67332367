// The guest list of a drop in the admin: typed, mailed, looked up, taken back; and what the guest gets.
import { afterAll, beforeAll, expect, test } from 'vitest'
import { WINDFALL } from '#sandbox/demo/drop-cast.ts'
import { draftDrop, type PlannedDrop, scheduleDrop, switchOnGate } from '#sandbox/demo/plan-drop.ts'
import { seededRandom } from '#sandbox/demo/seeded-random.ts'
import type { Stage } from '#sandbox/demo/stage.ts'
import { takePicture } from '../harness/browser.ts'
import { type E2eHouse, openAdmin, openE2eHouse } from '../harness/e2e-house.ts'

const OPENS = Date.parse('2026-11-20T23:00:00Z')
const NOA = 'noa.lind@post.example'

let open: E2eHouse
let drop: PlannedDrop

beforeAll(async () => {
  open = await openE2eHouse('2026-11-19T15:00:00Z')
  const creators = await open.signUp()
  const { control, app, work, ids } = open
  const today = async () => new Date(OPENS).toISOString().slice(0, 10)
  const stage: Stage = {
    control,
    app,
    work,
    ids,
    today,
    creators,
    bookkeeper: app,
    random: seededRandom(23),
  }
  await switchOnGate(stage)
  const guests = { ...WINDFALL, terms: { ...WINDFALL.terms, earlyPasses: 'true' } }
  drop = await draftDrop(stage, guests, new Date(OPENS))
  await scheduleDrop(stage, drop)
  await work.untilDone()
}, 240_000)
afterAll(() => open?.[Symbol.asyncDispose]())

test('a merchant gives passes, sees that they went out, and takes one back', async () => {
  const { page, errors } = await open.visit({ width: 1280, height: 1000 })
  const app = await openAdmin(page, open.urls, `/app/drops/${drop.id}`)
  await app
    .getByRole('link', { name: 'Guest passes' })
    .or(app.getByRole('button', { name: 'Guest passes' }))
    .first()
    .click()
  await app.getByText('No passes yet').waitFor()
  await takePicture(page, 'guests-1-empty')

  const guests = app.getByLabel('Email addresses')
  await guests.fill(`${NOA}\nnot an address`)
  await app.getByRole('button', { name: 'Give passes' }).click()
  await app.getByText('“not” is no email address.').first().waitFor()
  expect(await guests.inputValue()).toContain(NOA)
  await takePicture(page, 'guests-2-refused')

  await guests.fill(
    `${NOA}\nines.roth@post.example\nsomebody.with.a.long.name@a-very-long-domain-of-a-shop.example`,
  )
  await app.getByLabel('Language of the mail').selectOption('de')
  await app.getByRole('button', { name: 'Give passes' }).click()
  await app.getByRole('row').filter({ hasText: NOA }).getByText('Sent', { exact: true }).waitFor()
  expect(await guests.inputValue()).toBe('')
  await takePicture(page, 'guests-3-given')

  await app.getByLabel('Find by the whole email address').fill(NOA)
  await expect.poll(() => app.getByRole('row').count()).toBe(2)
  await app.getByRole('button', { name: `Take back: ${NOA}` }).click()
  await app.getByRole('heading', { name: 'Take this pass back?' }).waitFor()
  await takePicture(page, 'guests-4-asked')
  await app.getByRole('button', { name: 'Take back', exact: true }).last().click()
  await app.getByRole('row').filter({ hasText: NOA }).getByText('Taken back').waitFor()
  await app.getByRole('button', { name: 'Taken back (1)' }).waitFor()
  await takePicture(page, 'guests-5-taken-back')
  expect(errors).toEqual([])
}, 120_000)

test('on a phone nothing is cut off', async () => {
  const { page, errors } = await open.visit({ width: 390, height: 844 })
  const app = await openAdmin(page, open.urls, `/app/drops/${drop.id}/guests`)
  await app.getByText('ines.roth@post.example').waitFor()
  await takePicture(page, 'guests-6-phone')
  await app.getByText('ines.roth@post.example').scrollIntoViewIfNeeded()
  await takePicture(page, 'guests-7-phone-list')
  expect(errors).toEqual([])
}, 90_000)
