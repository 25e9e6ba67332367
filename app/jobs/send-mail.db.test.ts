import { simpleParser } from 'mailparser'
import { SMTPServer } from 'smtp-server'
import { expect, test } from 'vitest'
import { createMailer, type Mailer } from '#app/adapters/email/mailer.ts'
import { matureHolds } from '#app/features/ledger/mature-holds.server.ts'
import { closePeriods } from '#app/features/statements/close-periods.server.ts'
import { createAgreement, createCode, createCreator, makeTerms } from '#tests/factories/creator.ts'
import { bookOrders } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { TEST_KEYS } from '#tests/harness/test-shopify.ts'
import { createJobHandlers } from './handlers.ts'
import { TryAgainLater } from './retry-policy.ts'

/** A mail server that answers as told, then takes everything. */
async function openMailServer(answers: Array<{ code: number; text: string } | 'slow'> = []) {
  const received: string[] = []
  let tried = 0
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        const answer = answers[tried]
        tried += 1
        const take = () => {
          received.push(Buffer.concat(parts).toString('utf8'))
          done()
        }
        if (answer === 'slow') setTimeout(take, 1000)
        else if (answer) done(Object.assign(new Error(answer.text), { responseCode: answer.code }))
        else take()
      })
    },
  })
  server.on('error', () => undefined)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('the mail server has no port')
  const mailer = createMailer({
    smtpUrl: `smtp://127.0.0.1:${address.port}`,
    from: 'Filigree <statements@filigree.example>',
  })
  return {
    received,
    mailer,
    tried: () => tried,
    async [Symbol.asyncDispose]() {
      await mailer.close()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
}

function handlersOf(context: PartnerTestContext, mailer: Mailer) {
  const handlers = createJobHandlers({
    ...context,
    mailer,
    adminApiFor: () => context.shopify,
    tokenKeys: TEST_KEYS,
  })
  return {
    send: (deliveryId: string) =>
      handlers['send-mail']({ shopId: context.shop.id, deliveryId }, { id: 'job', attempt: 1 }),
    delivery: (id: string) =>
      context.db.inShop(context.shop.id, (tx) => tx.mailDelivery.findUniqueOrThrow({ where: { id } })),
    alerts: () =>
      context.db.inShop(context.shop.id, (tx) => tx.alert.findMany({ where: { kind: 'mail_failed' } })),
  }
}

/** Closing March asks for one statement's mail. */
async function statementMail(context: PartnerTestContext): Promise<string> {
  const { db, shop, clock } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  await createAgreement(db, shop, maya.id)
  await createCode(db, shop, maya.id, 'MAYA10')
  await bookOrders(context, [
    {
      orderId: 1n,
      placedAt: '2026-03-10T15:00:00.000Z',
      codes: ['MAYA10'],
      lines: [{ lineItemId: 11n, netMinor: 9000n }],
    },
  ])
  clock.moveTo('2026-04-01T05:00:00Z')
  await matureHolds(context)
  await closePeriods(context)
  const delivery = await db.inShop(shop.id, (tx) => tx.mailDelivery.findFirstOrThrow())
  return delivery.id
}

test('a statement that the mail server takes at the second try arrives once, with its files', async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  await using server = await openMailServer([{ code: 451, text: 'try again later' }])
  const id = await statementMail(context)
  const { send, delivery, alerts } = handlersOf(context, server.mailer)
  await expect(send(id)).rejects.toThrow(TryAgainLater)
  expect(await delivery(id)).toMatchObject({
    status: 'queued',
    attempts: 1,
    lastError: expect.stringMatching(/451/),
  })
  await send(id)
  await send(id)
  expect(await delivery(id)).toMatchObject({ status: 'sent', attempts: 2, lastError: null })
  expect(server.tried()).toBe(2)
  expect(server.received).toHaveLength(1)
  const mail = await simpleParser(server.received[0] ?? '')
  expect(mail.messageId).toBe(`<${id}@filigree.invalid>`)
  expect(mail.attachments.map((file) => file.filename)).toEqual(['MAYA-0001.pdf', 'MAYA-0001.csv'])
  expect(await alerts()).toEqual([])
})

test('two workers with the same job send one mail', async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  await using server = await openMailServer(['slow'])
  const id = await statementMail(context)
  const { send, delivery } = handlersOf(context, server.mailer)
  const outcomes = await Promise.allSettled([send(id), send(id)])
  expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(['fulfilled', 'rejected'])
  await send(id)
  expect(server.received).toHaveLength(1)
  expect(await delivery(id)).toMatchObject({ status: 'sent', attempts: 1 })
})

test('after eight refusals the mail has failed, the merchant is told, and nobody tries again', async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  await using server = await openMailServer(Array.from({ length: 20 }, () => ({ code: 421, text: 'busy' })))
  const id = await statementMail(context)
  const { send, delivery, alerts } = handlersOf(context, server.mailer)
  for (let attempt = 1; attempt < 8; attempt++)
    await expect(send(id), `${attempt}`).rejects.toThrow(TryAgainLater)
  await send(id)
  await send(id)
  expect(await delivery(id)).toMatchObject({ status: 'failed', attempts: 8 })
  expect(server.tried()).toBe(8)
  expect(await alerts()).toMatchObject([{ facts: { deliveryId: id, kind: 'statement', reason: 'refused' } }])
})

test('a mail that is refused for good fails at once', async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  await using server = await openMailServer([{ code: 554, text: 'no such mail here' }])
  const id = await statementMail(context)
  const { send, delivery, alerts } = handlersOf(context, server.mailer)
  await send(id)
  expect(await delivery(id)).toMatchObject({ status: 'failed', attempts: 1 })
  expect(await alerts()).toHaveLength(1)
})

test('a mail that cannot even be composed does not wait for ever without a word', async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  const broken: Mailer = {
    send: () => Promise.reject(new TypeError('a defect of ours')),
    close: async () => {},
  }
  const id = await statementMail(context)
  const { send, delivery, alerts } = handlersOf(context, broken)
  for (let attempt = 1; attempt < 8; attempt++) await expect(send(id)).rejects.toThrow(TryAgainLater)
  await send(id)
  expect(await delivery(id)).toMatchObject({ status: 'failed', attempts: 8 })
  expect(await alerts()).toMatchObject([{ facts: { reason: 'not_composed' } }])
})

test('an offer that was withdrawn while its mail waited is not sent', async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  await using server = await openMailServer()
  const { db, shop, clock } = context
  const maya = await createCreator(db, shop, { handle: 'MAYA' })
  const id = crypto.randomUUID()
  await db.inShop(shop.id, async (tx) => {
    const agreementId = crypto.randomUUID()
    const versionId = crypto.randomUUID()
    const shared = { shopId: shop.id, createdAt: clock.now() }
    const agreement = {
      id: agreementId,
      creatorId: maya.id,
      title: 'With Maya',
      role: 'promoter',
      status: 'draft',
    }
    await tx.agreement.create({ data: { ...shared, ...agreement } })
    const terms = makeTerms() as unknown as object
    await tx.agreementVersion.create({
      data: {
        ...shared,
        id: versionId,
        agreementId,
        number: 1,
        status: 'withdrawn',
        terms,
        termsHash: 'hash',
        effectiveFrom: clock.now(),
        inviteNonce: 'nonce',
        inviteExpiresAt: new Date('2026-06-01T00:00:00Z'),
      },
    })
    const asked = { id, kind: 'invitation', subjectId: versionId, creatorId: maya.id, toAddress: maya.email }
    await tx.mailDelivery.create({
      data: { ...asked, shopId: shop.id, subject: '', requestedAt: clock.now() },
    })
  })
  const { send, delivery } = handlersOf(context, server.mailer)
  await send(id)
  await send(id)
  expect(server.tried()).toBe(0)
  expect(await delivery(id)).toMatchObject({
    status: 'failed',
    lastError: expect.stringMatching(/offer_not_open/),
  })
})

test("a job that names another shop's mail sends nothing", async () => {
  await using context = await createPartnerContext('2026-03-20T12:00:00Z')
  await using stranger = await createPartnerContext('2026-03-20T12:00:00Z')
  await using server = await openMailServer()
  const id = await statementMail(context)
  const { send } = handlersOf(stranger, server.mailer)
  await send(id)
  expect(server.tried()).toBe(0)
})
