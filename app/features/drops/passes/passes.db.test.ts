// Guest passes from the merchant's list to the sandbox's checkout: whom they let in, and what they are worth forged, borrowed, late, elsewhere
// and taken back.
import { expect, test } from 'vitest'
import { passEmailHash, passKeyOf, signPass } from '#app/adapters/crypto/drop-pass.ts'
import type { OutgoingMail } from '#app/adapters/email/mailer.ts'
import { emailKeyOf } from '#app/adapters/shopify/customer-key.ts'
import type { DropPlan } from '#app/domain/drops/drop.ts'
import { MOST_REVOKED, PASS_ATTRIBUTE } from '#app/domain/drops/pass.ts'
import { refreshCatalogue } from '#app/features/catalogue/refresh-catalogue.server.ts'
import { redactCustomer } from '#app/features/privacy/redact-customer.server.ts'
import { tryToBuy } from '#sandbox/demo/buy-on-storefront.ts'
import {
  type DropStage,
  minutes,
  openDropStage,
  planOf,
  playUntil,
  scheduleDrop,
} from '#tests/factories/drops.ts'
import { lockRoom } from '../fit-drop.server.ts'
import { changeDrop, deleteDraft } from '../plan-drop.server.ts'
import { pressDrop } from '../press-drop.server.ts'
import { issuePasses } from './issue-passes.server.ts'
import { mailPassAgain } from './mail-pass-again.server.ts'
import { parsePassesQuery } from './passes-query.ts'
import { readPasses } from './passes-view.server.ts'
import { revokePass } from './revoke-pass.server.ts'
import { sendPass } from './send-pass.server.ts'

const NOOR = 'noor@post.example'
const SAM = 'sam@post.example'
const BY = 'user/1'

function earlyPlan(stage: DropStage, given: Partial<DropPlan> = {}): DropPlan {
  const plan = planOf(stage)
  const early = { id: crypto.randomUUID(), kind: 'early_access' as const, at: minutes(-30).toISOString() }
  return {
    ...plan,
    acts: [...plan.acts.slice(0, 1), early, ...plan.acts.slice(1)],
    earlyAccess: { tags: [], tiers: [], pastBuyers: false, passes: true },
    ...given,
  }
}

/** A drop whose checkout was told; early access runs from half an hour before the opening on. */
async function openGuestStage() {
  const stage = await openDropStage()
  await refreshCatalogue(stage.context)
  const { id: dropId } = await scheduleDrop(stage, earlyPlan(stage))
  const { context, house, running } = stage
  const { db, shop } = context
  const keys = house.services.tokenKeys
  const mails: OutgoingMail[] = []
  const mailing = {
    ...context,
    mailer: {
      async send(mail: OutgoingMail) {
        mails.push(mail)
        return { ok: true as const, messageId: mail.messageId ?? '' }
      },
      async close() {},
    },
  }
  const moveTo = async (minute: number) => {
    running.sandbox.clock.setOffset(minutes(minute).getTime() - Date.now())
    await playUntil(stage, dropId, minute)
  }
  await moveTo(-300)
  const [hero] = stage.pieces
  return {
    stage,
    context: mailing,
    dropId,
    keys,
    mails,
    moveTo,
    give: (guests: string, { mailed = true, locale = 'en' } = {}) =>
      issuePasses(mailing, keys, { dropId, guests, locale, mailed }, BY),
    rows: async (params = '') =>
      (await readPasses(mailing, keys, dropId, parsePassesQuery(new URLSearchParams(params))))?.rows ?? [],
    async passOf(email: string) {
      const [row] = (await this.rows(`q=${encodeURIComponent(email)}&shown=living`)) ?? []
      if (!row?.url) throw new Error(`${email} has no pass`)
      return { id: row.id, text: new URL(row.url).searchParams.get('fil_pass') ?? '', url: row.url }
    },
    /** What the shop says; null: the order was placed. */
    async buy(pass: string | null, email: string, storefront = 'lumen-atelier') {
      const bought = await tryToBuy(`${running.url}/storefront/${storefront}`, {
        variantId: hero?.variantId ?? '',
        buyer: { email, firstName: 'Noor', lastName: 'Haddad' },
        ...(pass !== null && { attributes: { [PASS_ATTRIBUTE]: pass } }),
      })
      return bought.ok ? null : bought.message
    },
    pass: (id: string) => db.inShop(shop.id, (tx) => tx.accessPass.findUniqueOrThrow({ where: { id } })),
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]()
    },
  }
}

test('a guest gets one mail with a link that lets them, and nobody else, into early access', async () => {
  await using guests = await openGuestStage()
  expect(await guests.give(`${NOOR}\n${SAM}`, { locale: 'de' })).toEqual({ ok: true, issued: 2, known: 0 })
  expect(await guests.give(NOOR.toUpperCase())).toEqual({ ok: true, issued: 0, known: 1 })
  const [one] = await guests.rows()
  expect(await guests.context.queue.pending()).toMatchObject({ 'send-pass': 2 })
  for (const { id } of await guests.rows()) {
    expect(await sendPass(guests.context, guests.keys, id)).toEqual({ ok: true, status: 'sent' })
    expect(await sendPass(guests.context, guests.keys, id)).toEqual({ ok: true, status: 'not_queued' })
  }
  expect(guests.mails.map(({ to }) => to).sort()).toEqual([NOOR, SAM])
  const { text, url } = await guests.passOf(NOOR)
  expect(url).toMatch(/^https:\/\/lumen-atelier\.myshopify\.com\/products\/rose-signet\?fil_pass=v1\./)
  const mail = guests.mails.find(({ to }) => to === NOOR)
  expect(mail?.text).toContain(url)
  expect(mail?.text).toContain('ab 10. Dezember um 17:30 MEZ')
  expect(one).toMatchObject({ email: expect.stringContaining('@post.example'), mailStatus: 'queued' })

  await guests.moveTo(-40)
  expect(await guests.buy(text, NOOR)).toMatch(/can be bought from/)
  await guests.moveTo(-20)
  expect(await guests.buy(null, NOOR)).toMatch(/is in early access/)
  expect(await guests.buy(text, SAM)).toMatch(/belongs to another email address/)
  expect(await guests.buy(text, NOOR.toUpperCase())).toBeNull()
  expect(guests.stage.house.logged.join()).not.toContain('post.example')
}, 120_000)

test('forged, expired, of another drop and of another shop: checkout refuses each by what it is', async () => {
  await using guests = await openGuestStage()
  await guests.give(NOOR, { mailed: false })
  const { text } = await guests.passOf(NOOR)
  const { shop, linkSecret } = guests.context
  const key = passKeyOf(shop.domain, linkSecret)
  const claims = {
    dropHandle: 'rose-signet',
    emailHash: passEmailHash(NOOR, key),
    expiresAt: Math.floor(minutes(60).getTime() / 1000),
    id: 'k3',
  }
  await guests.moveTo(-20)
  // Genuine, though no row knows it: what the shop's key signed is good.
  const flipped = text.slice(0, -1) + (text.endsWith('a') ? 'b' : 'a')
  const otherShop = passKeyOf('other.myshopify.com', linkSecret)
  const expired = { ...claims, expiresAt: Math.floor(minutes(-30).getTime() / 1000) }
  for (const [pass, words] of [
    [flipped, /not valid/],
    [text.replace('rose-signet', 'thorn-ring'), /not valid/],
    [signPass({ ...claims, dropHandle: 'thorn-ring' }, key), /not valid/],
    [signPass({ ...claims, emailHash: passEmailHash(NOOR, otherShop) }, otherShop), /not valid/],
    [signPass({ ...claims, emailHash: passEmailHash(NOOR, otherShop) }, key), /another email address/],
    [signPass(expired, key), /has expired/],
  ] as const)
    expect(await guests.buy(pass, NOOR)).toMatch(words)
  expect(await guests.buy(text, NOOR)).toBeNull()
}, 120_000)

test('a pass that is taken back is refused as soon as the checkout was told, its guest can be given another, and its mail is not sent', async () => {
  await using guests = await openGuestStage()
  const { context, dropId } = guests
  await guests.give(`${NOOR}\n${SAM}`)
  const first = await guests.passOf(NOOR)
  await guests.moveTo(-20)
  expect(await revokePass(context, { dropId, passId: first.id }, BY)).toEqual({ ok: true, changed: true })
  expect(await revokePass(context, { dropId, passId: first.id }, BY)).toEqual({ ok: true, changed: false })
  expect(await sendPass(context, guests.keys, first.id)).toEqual({ ok: true, status: 'not_queued' })
  const before = await readPasses(context, guests.keys, dropId, parsePassesQuery(new URLSearchParams()))
  expect(before).toMatchObject({ isTold: false, living: 1, revoked: 1 })
  await guests.moveTo(-19)
  expect(await guests.buy(first.text, NOOR)).toMatch(/has been withdrawn by the shop/)
  expect(await guests.buy((await guests.passOf(SAM)).text, SAM)).toBeNull()
  expect(await guests.give(NOOR)).toEqual({ ok: true, issued: 1, known: 0 })
  const second = await guests.passOf(NOOR)
  expect(second.text).not.toBe(first.text)
  expect(await guests.buy(second.text, NOOR)).toBeNull()
  expect(await guests.buy(first.text, NOOR)).toMatch(/has been withdrawn/)
}, 120_000)

test('nobody takes back more than the checkout can be told', async () => {
  await using guests = await openGuestStage()
  const { context, dropId } = guests
  await guests.give(NOOR)
  const { db, shop } = context
  const now = context.clock.now()
  await db.inShop(shop.id, (tx) =>
    tx.accessPass.createMany({
      data: Array.from({ length: MOST_REVOKED }, (_, at) => ({
        id: crypto.randomUUID(),
        shopId: shop.id,
        dropId,
        number: 2n ** 30n + BigInt(at),
        locale: 'en',
        issuedAt: now,
        issuedBy: BY,
        expiresAt: minutes(60),
        revokedAt: now,
      })),
    }),
  )
  const { id } = await guests.passOf(NOOR)
  const refused = { ok: false, reason: 'too_many_revoked', most: MOST_REVOKED }
  expect(await revokePass(context, { dropId, passId: id }, BY)).toEqual(refused)
  expect((await guests.pass(id)).revokedAt).toBeNull()
}, 120_000)

test('who takes a pass back waits for whoever else fills the checkout of the shop', async () => {
  await using guests = await openGuestStage()
  const { context, dropId } = guests
  await guests.give(NOOR)
  const { id } = await guests.passOf(NOOR)
  const { db, shop } = context
  const waiting = async () => {
    const { rows } = await db.pool.query(
      `select 1 from pg_locks where locktype = 'advisory' and not granted
       and database = (select oid from pg_database where datname = current_database())`,
    )
    return rows.length
  }
  const { revoking } = await db.inShop(
    shop.id,
    async (tx) => {
      await lockRoom(tx, shop.id)
      const revoking = revokePass(context, { dropId, passId: id }, BY)
      await expect.poll(waiting).toBe(1)
      return { revoking }
    },
    { timeoutMs: 30_000 },
  )
  expect(await revoking).toEqual({ ok: true, changed: true })
}, 120_000)

test('another shop, and ids that are none, find no pass', async () => {
  await using guests = await openGuestStage()
  const { context, dropId, keys } = guests
  await guests.give(NOOR)
  const { id } = await guests.passOf(NOOR)
  const other = { ...context, shop: { ...context.shop, id: context.shop.id + 1 } }
  const unknown = { ok: false, reason: 'unknown_pass' }
  for (const [ctx, passId] of [
    [other, id],
    [context, crypto.randomUUID()],
    [context, "x' or '1'='1"],
  ] as const) {
    expect(await revokePass(ctx, { dropId, passId }, BY)).toEqual(unknown)
    expect(await mailPassAgain(ctx, { dropId, passId })).toEqual(unknown)
  }
  expect(await readPasses(other, keys, dropId, parsePassesQuery(new URLSearchParams()))).toBeNull()
  expect(await sendPass(other, keys, id)).toEqual({ ok: true, status: 'not_queued' })
  expect(await issuePasses(other, keys, { dropId, guests: SAM, locale: 'en', mailed: true }, BY)).toEqual({
    ok: false,
    reason: 'unknown_drop',
  })
}, 120_000)

test.each([
  ['begun', 0],
  ['mailed', 1],
] as const)(
  'a worker that is killed when the mail was "%s" sends no second one by itself; the merchant can',
  async (step, mailed) => {
    await using guests = await openGuestStage()
    const { context, dropId, keys } = guests
    await guests.give(NOOR)
    const { id } = await guests.passOf(NOOR)
    const kill = sendPass(context, keys, id, (at) => {
      if (at === step) throw new Error('killed')
    })
    await expect(kill).rejects.toThrow('killed')
    expect(await sendPass(context, keys, id)).toEqual({ ok: true, status: 'unsure' })
    expect(await sendPass(context, keys, id)).toEqual({ ok: true, status: 'not_queued' })
    expect(guests.mails).toHaveLength(mailed)
    expect(await mailPassAgain(context, { dropId, passId: id })).toEqual({ ok: true })
    const underWay = { ok: false, reason: 'mail_under_way' }
    expect(await mailPassAgain(context, { dropId, passId: id })).toEqual(underWay)
    expect(await sendPass(context, keys, id)).toEqual({ ok: true, status: 'sent' })
    expect(guests.mails).toHaveLength(mailed + 1)
    expect(new Set(guests.mails.map(({ messageId }) => messageId)).size).toBe(mailed + 1)
  },
  120_000,
)

test('a mail that no server takes raises an alert, and asking again takes it away', async () => {
  await using guests = await openGuestStage()
  const { context, dropId, keys } = guests
  await guests.give(NOOR)
  const { id } = await guests.passOf(NOOR)
  const refusing = {
    ...context,
    mailer: {
      async send() {
        return { ok: false as const, reason: 'rejected_address' as const, message: '550 no', retry: false }
      },
      async close() {},
    },
  }
  expect(await sendPass(refusing, keys, id)).toEqual({ ok: true, status: 'failed' })
  const alerts = () =>
    context.db.inShop(context.shop.id, (tx) =>
      tx.alert.findMany({ where: { kind: 'pass_not_sent', resolvedAt: null }, select: { facts: true } }),
    )
  expect(await alerts()).toEqual([{ facts: { dropId, title: 'Rose signet', reason: 'rejected_address' } }])
  expect(await mailPassAgain(context, { dropId, passId: id })).toEqual({ ok: true })
  expect(await alerts()).toEqual([])
}, 120_000)

test('a drop that is moved keeps its passes; its name in links stays while somebody holds one, and addresses go when it is over', async () => {
  await using guests = await openGuestStage()
  const { context, stage, dropId } = guests
  await guests.give(NOOR, { mailed: false })
  const { text } = await guests.passOf(NOOR)
  const drop = await context.db.inShop(context.shop.id, (tx) =>
    tx.drop.findUniqueOrThrow({ where: { id: dropId } }),
  )
  const back = await pressDrop(
    context,
    { dropId, press: { kind: 'unschedule' }, revision: drop.revision },
    BY,
  )
  expect(back).toMatchObject({ ok: true, changed: true })
  await guests.moveTo(-299)
  const renamed = earlyPlan(stage, { handle: 'rose-signet-two' })
  const { revision } = await context.db.inShop(context.shop.id, (tx) =>
    tx.drop.findUniqueOrThrow({ where: { id: dropId } }),
  )
  const change = (plan: DropPlan) => changeDrop(context, { dropId, plan, revision }, BY)
  expect(await change(renamed)).toEqual({ ok: false, reason: 'handle_on_passes' })
  expect(await deleteDraft(context, dropId, BY)).toEqual({ ok: false, reason: 'drop_has_passes' })
  expect(await guests.give(SAM)).toEqual({ ok: false, reason: 'not_scheduled' })
  expect(await change(earlyPlan(stage, { title: 'Rose signet again' }))).toMatchObject({ ok: true })
  expect((await guests.passOf(NOOR)).text).toBe(text)
}, 120_000)

test('addresses are forgotten when the drop is over, and of a redacted guest at once', async () => {
  await using guests = await openGuestStage()
  const { context, dropId } = guests
  await guests.give(`${NOOR}\n${SAM}`, { mailed: false })
  const noor = await guests.passOf(NOOR)
  const sam = await guests.passOf(SAM)
  const { db, shop, linkSecret } = context
  const facts = { customerKey: 'c1', emailKey: emailKeyOf(shop.domain, SAM, linkSecret), orderIds: [] }
  const at = context.clock.now()
  await db.inShop(shop.id, (tx) => redactCustomer(tx, { shopId: shop.id, facts, receivedAt: at, now: at }))
  expect(await guests.pass(sam.id)).toMatchObject({ emailHash: null, emailKey: null, emailSealed: null })
  const rows = await guests.rows()
  expect(rows.map(({ email, url }) => [email, url !== null])).toEqual(
    rows.map(({ id }) => (id === sam.id ? [null, false] : [NOOR, true])),
  )
  expect(await mailPassAgain(context, { dropId, passId: sam.id })).toEqual({
    ok: false,
    reason: 'guest_forgotten',
  })
  // Their pass goes on working: nobody was shut out.
  await guests.moveTo(-20)
  expect(await guests.buy(sam.text, SAM)).toBeNull()
  for (const minute of [0, 6, 12, 20, 21]) await guests.moveTo(minute)
  expect(await guests.pass(noor.id)).toMatchObject({ emailSealed: null })
  expect(await guests.give('ada@post.example')).toEqual({ ok: false, reason: 'early_access_over' })
}, 120_000)

test('what the database refuses, whoever asks', async () => {
  await using guests = await openGuestStage()
  const { context, dropId } = guests
  await guests.give(NOOR)
  const { id } = await guests.passOf(NOOR)
  await revokePass(context, { dropId, passId: id }, BY)
  const change = (data: object) =>
    context.db.inShop(context.shop.id, (tx) => tx.accessPass.update({ where: { id }, data }))
  await expect(change({ revokedAt: null })).rejects.toThrow(/given anew, not back/)
  await expect(change({ expiresAt: minutes(99_999) })).rejects.toThrow(/says what it was issued with/)
  await expect(change({ emailHash: '0'.repeat(64) })).rejects.toThrow(/says what it was issued with/)
  await expect(change({ mailStatus: 'flown' })).rejects.toThrow(/access_pass_known/)
}, 120_000)
