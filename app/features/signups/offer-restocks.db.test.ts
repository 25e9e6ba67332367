// Restock notices on a sandbox shop: who is offered what, what passes on, and what stays when a worker is killed anywhere.
import { expect, test } from 'vitest'
import type { OutgoingMail } from '#app/adapters/email/mailer.ts'
import { emailKeyOf } from '#app/adapters/shopify/customer-key.ts'
import { sealToken } from '#app/adapters/shopify/token-cipher.ts'
import { createJobHandlers } from '#app/jobs/handlers.ts'
import { completeDraftOrder } from '#sandbox/commerce/draft-orders.ts'
import { DROP_SHOP, minutes, openDropStage, planOf, playUntil, scheduleDrop } from '#tests/factories/drops.ts'
import { namedId } from '#tests/factories/partners.ts'
import { type OfferStep, offerRestocks } from './offer-restocks.server.ts'
import { sendRestockNotice } from './send-restock-notice.server.ts'
import { signupOwner } from './sign-up.server.ts'

/** A drop whose first wave has `units`; people stand in line in the order of their names. The wave was released at minute 6. */
async function openLine(people: string[], units = 2) {
  const stage = await openDropStage()
  const { context, house, running } = stage
  const { db, shop } = context
  const plan = planOf(stage)
  const [wave, later] = plan.waves
  if (!wave || !later) throw new Error('no waves')
  const closes = plan.acts.map((act) =>
    act.kind === 'close' || act.kind === 'after'
      ? { ...act, at: minutes(act.kind === 'close' ? 90 : 120).toISOString() }
      : act,
  )
  const { id: dropId } = await scheduleDrop(stage, {
    ...plan,
    acts: closes.filter(({ id }) => id !== later.actId),
    waves: [{ ...wave, units }],
  })
  const idOf = (name: string) => namedId(`sign-up of ${name} of ${dropId}`)
  const join = (name: string, position: number, at: Date) =>
    db.inShop(shop.id, (tx) =>
      tx.restockSignup.create({
        data: {
          id: idOf(name),
          shopId: shop.id,
          dropId,
          variantId: BigInt(wave.variantId),
          emailSealed: sealToken(
            `${name}@shoppers.example`,
            signupOwner(idOf(name)),
            house.services.tokenKeys,
          ),
          emailKey: emailKeyOf(shop.domain, `${name}@shoppers.example`, context.linkSecret),
          locale: 'de',
          position,
          idempotencyKey: idOf(name),
          consentVersion: 1,
          consentAt: at,
        },
      }),
    )
  for (const [index, name] of people.entries()) await join(name, index + 1, minutes(-10))
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
  const moveTo = (minute: number) => {
    house.clock.moveTo(minutes(minute))
    running.sandbox.clock.setOffset(minutes(minute).getTime() - Date.now())
  }
  const notices = (status = 'queued') =>
    db.inShop(shop.id, (tx) =>
      tx.restockNotice.findMany({ where: { status }, orderBy: { requestedAt: 'asc' } }),
    )
  await playUntil(stage, dropId, 0)
  moveTo(6)
  await playUntil(stage, dropId, 6)
  const state = running.sandbox.shops[DROP_SHOP]
  if (!state) throw new Error('no shop')
  return {
    stage,
    context: mailing,
    mails,
    moveTo,
    join,
    idOf,
    notices,
    drafts: () => Object.values(state.draftOrders ?? {}),
    offer: (kill?: OfferStep) =>
      offerRestocks(mailing, (step) => {
        if (step === kill) throw new Error('killed')
      }),
    async mail() {
      for (const { id } of await notices()) await sendRestockNotice(mailing, house.services.tokenKeys, id)
    },
    /** name and status of every hold, in the order of the line. */
    async holds() {
      const rows = await db.inShop(shop.id, (tx) => tx.claimHold.findMany())
      const named = ['ada', 'bea', 'cleo', 'dora'].flatMap((name) => {
        const own = rows.filter(({ signupId }) => signupId === idOf(name))
        return own.map(({ status }) => `${name} ${status}`)
      })
      return named
    },
    async [Symbol.asyncDispose]() {
      await stage[Symbol.asyncDispose]()
    },
  }
}

test('as many are noticed as there are units, oldest first; what lapses goes to the next, what is bought does not', async () => {
  await using line = await openLine(['ada', 'bea', 'cleo', 'dora'])
  expect(await line.context.queue.pending()).toMatchObject({ 'offer-restocks': 1 })
  expect(await line.offer()).toEqual({ ok: true, held: 2, ended: 0 })
  expect(await line.offer()).toEqual({ ok: true, held: 0, ended: 0 })
  expect(await line.holds()).toEqual(['ada held', 'bea held'])
  expect(line.stage.stock()).toMatchObject({ reserved: 2 })
  await line.mail()
  await line.mail()
  expect(line.mails.map(({ to }) => to)).toEqual(['ada@shoppers.example', 'bea@shoppers.example'])
  const [mail] = line.mails
  expect(mail?.text).toContain('10. Dezember um 18:21 MEZ')
  expect(mail?.text).toContain(`/invoices/${line.drafts()[0]?.token}`)
  expect(mail?.headers).toEqual({
    'List-Unsubscribe': expect.stringMatching(/^<https:\/\/filigree\.example\/s\/restocks\/[\w.-]+>$/),
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  })
  const [first] = line.drafts()
  const [piece] = line.stage.pieces
  const bought = completeDraftOrder(line.stage.running.sandbox, DROP_SHOP, first?.id ?? '', {
    lines: [{ variantId: piece?.variantId ?? '', quantity: 1 }],
  })
  expect(bought.ok).toBe(true)
  const due = await line.context.db.workDue(minutes(21), 10)
  expect(due.map(({ kind }) => kind)).toContain('offer-restocks')
  line.moveTo(21)
  expect(await line.offer()).toEqual({ ok: true, held: 1, ended: 2 })
  expect(await line.holds()).toEqual(['ada bought', 'bea lapsed', 'cleo held'])
  await line.mail()
  line.moveTo(36)
  await line.offer()
  await line.mail()
  line.moveTo(51)
  await line.offer()
  // The line is empty: the unit is everybody's, and nobody is asked a second time.
  expect(await line.holds()).toEqual(['ada bought', 'bea lapsed', 'cleo lapsed', 'dora lapsed'])
  expect(line.stage.stock()).toMatchObject({ reserved: 0 })
  expect(line.mails.map(({ to }) => to.split('@')[0])).toEqual(['ada', 'bea', 'cleo', 'dora'])
  expect(line.stage.house.logged.join()).not.toContain('shoppers.example')
}, 120_000)

test('who signs up after the release is offered only what lapses', async () => {
  await using line = await openLine(['ada'])
  await line.offer()
  await line.join('bea', 2, minutes(7))
  line.moveTo(8)
  await line.offer()
  expect(await line.holds()).toEqual(['ada held'])
  line.moveTo(21)
  await line.offer()
  expect(await line.holds()).toEqual(['ada lapsed', 'bea held'])
}, 120_000)

test('whoever unsubscribed is skipped; after the hold and before the mail, nothing is mailed and the next is asked at once', async () => {
  await using line = await openLine(['ada', 'bea', 'cleo'], 1)
  const leave = (name: string) =>
    line.context.db.inShop(line.context.shop.id, (tx) =>
      tx.restockSignup.update({
        where: { id: line.idOf(name) },
        data: { status: 'left', emailSealed: null },
      }),
    )
  await leave('ada')
  await line.offer()
  expect(await line.holds()).toEqual(['bea held'])
  await leave('bea')
  await line.mail()
  await line.offer()
  expect(await line.holds()).toEqual(['bea left', 'cleo held'])
  await line.mail()
  expect(line.mails.map(({ to }) => to)).toEqual(['cleo@shoppers.example'])
}, 120_000)

test.each<OfferStep>(['intended', 'created', 'written'])(
  'a worker that is killed after "%s" leaves one hold and one mail a person',
  async (step) => {
    await using line = await openLine(['ada', 'bea', 'cleo'])
    await expect(line.offer(step)).rejects.toThrow('killed')
    line.moveTo(6.1)
    await line.offer()
    line.moveTo(7)
    expect(await line.offer()).toMatchObject({ ok: true })
    expect(await line.holds()).toEqual(['ada held', 'bea held'])
    expect(line.drafts()).toHaveLength(2)
    await line.mail()
    expect(line.mails).toHaveLength(2)
  },
  120_000,
)

test('a worker that is killed while a hold ends passes its unit on once', async () => {
  await using line = await openLine(['ada', 'bea', 'cleo'], 1)
  await line.offer()
  await line.mail()
  line.moveTo(21)
  await expect(line.offer('ended_at_shopify')).rejects.toThrow('killed')
  await line.offer()
  await line.offer()
  expect(await line.holds()).toEqual(['ada lapsed', 'bea held'])
}, 120_000)

test('a worker that is killed around the mail sends no second one', async () => {
  await using line = await openLine(['ada', 'bea'])
  await line.offer()
  const keys = line.stage.house.services.tokenKeys
  const [one, two] = await line.notices()
  const kill = (at: string) => (step: string) => {
    if (step === at) throw new Error('killed')
  }
  for (const [notice, step] of [
    [one, 'begun'],
    [two, 'mailed'],
  ] as const) {
    await expect(sendRestockNotice(line.context, keys, notice?.id ?? '', kill(step))).rejects.toThrow(
      'killed',
    )
    expect(await sendRestockNotice(line.context, keys, notice?.id ?? '')).toEqual({
      ok: true,
      status: 'unsure',
    })
  }
  expect(line.mails).toHaveLength(1)
  await line.offer()
  expect(await line.holds()).toEqual(['ada held', 'bea held'])
}, 120_000)

test('a notice of another shop is nothing, and jobs go through the queue’s handlers', async () => {
  await using line = await openLine(['ada'])
  const handlers = createJobHandlers(line.stage.house.services)
  const job = { id: 'job', attempt: 1 }
  await handlers['offer-restocks']({ shopId: line.context.shop.id }, job)
  const [notice] = await line.notices()
  const other = { ...line.context, shop: { ...line.context.shop, id: line.context.shop.id + 1 } }
  const sent = await sendRestockNotice(other, line.stage.house.services.tokenKeys, notice?.id ?? '')
  expect(sent).toEqual({ ok: true, status: 'not_queued' })
  await handlers['send-restock-notice']({ shopId: line.context.shop.id, noticeId: notice?.id ?? '' }, job)
  expect(await line.notices('sent')).toHaveLength(1)
  const [row] = await line.context.db.inShop(line.context.shop.id, (tx) => tx.restockSignup.findMany())
  expect(row).toMatchObject({ status: 'noticed', emailSealed: null })
}, 120_000)
