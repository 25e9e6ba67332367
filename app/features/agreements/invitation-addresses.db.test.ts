import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { editCreator } from '#app/features/creators/edit-creator.server.ts'
import { createCreator, makeTerms } from '#tests/factories/creator.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { readAgreement } from './agreement-view.server.ts'
import { decideAgreement } from './decide-agreement.server.ts'
import { draftAgreement } from './draft-agreement.server.ts'
import { readInvitation } from './invitation-view.server.ts'
import { inviteAgain } from './invite-again.server.ts'
import { offerAgreement } from './offer-agreement.server.ts'
import { sendInvitationMail } from './send-invitation-mail.server.ts'

test('a mail that still waits for a wrong address is not sent with the link of the invitation that replaced it', async () => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop)
  const agreementId = randomUUID()
  const terms = makeTerms({ startsOn: '2026-05-04' })
  await draftAgreement(ctx, { formId: agreementId, creatorId: creator.id, title: 'Spring', terms })
  const inShop = <Result>(work: Parameters<typeof ctx.db.inShop<Result>>[1]) =>
    ctx.db.inShop(ctx.shop.id, work)
  const { termsHash } = await inShop((tx) => tx.agreementVersion.findFirstOrThrow())
  await offerAgreement(ctx, { agreementId, termsHash })
  await inShop((tx) =>
    tx.creator.update({ where: { id: creator.id }, data: { email: 'right@creators.example' } }),
  )
  ctx.clock.advance(120_000)
  expect(await inviteAgain(ctx, { agreementId })).toEqual({ ok: true })
  const [first, second] = await inShop((tx) => tx.mailDelivery.findMany({ orderBy: { requestedAt: 'asc' } }))
  if (!first || !second) throw new Error('two mails were asked for')
  expect(await sendInvitationMail(ctx, first)).toEqual({ tryAgain: false })
  expect(await sendInvitationMail(ctx, second)).toEqual({ tryAgain: false })
  expect(ctx.outbox.map(({ to }) => to)).toEqual(['right@creators.example'])
  const after = await inShop((tx) => tx.mailDelivery.findMany({ orderBy: { requestedAt: 'asc' } }))
  expect(after.map(({ status }) => status)).toEqual(['superseded', 'sent'])
  expect(await inShop((tx) => tx.alert.findMany())).toEqual([])
})

async function offered(ctx: PartnerTestContext) {
  const creator = await createCreator(ctx.db, ctx.shop)
  const agreementId = randomUUID()
  const terms = makeTerms({ startsOn: '2026-05-04' })
  await draftAgreement(ctx, { formId: agreementId, creatorId: creator.id, title: 'Spring', terms })
  const { termsHash } = await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.findFirstOrThrow())
  await offerAgreement(ctx, { agreementId, termsHash })
  const token = async () =>
    (await readAgreement(ctx, agreementId))?.invitationUrl?.split('/').at(-1) ?? 'no link'
  const state = async (of: string) => {
    const read = await readInvitation(ctx, of)
    return read.ok ? read.view.state : read.reason
  }
  const correct = async (changes: { email?: string; notes?: string }) => {
    const { id, name, email, notes, revision } = await ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.creator.findUniqueOrThrow({ where: { id: creator.id } }),
    )
    return editCreator(ctx, { creatorId: id, revision, creator: { name, email, notes, ...changes } })
  }
  const mails = () =>
    ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.mailDelivery.findMany({ orderBy: [{ requestedAt: 'asc' }, { status: 'desc' }] }),
    )
  return { creator, agreementId, termsHash, token, state, correct, mails }
}

test('correcting an address voids the open link at once and invites anew, at the very moment of the offer too', async () => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  const old = await offer.token()
  const jobs = (await ctx.queue.pending())['send-mail'] ?? 0
  expect(await offer.correct({ email: 'right@creators.example' })).toMatchObject({ ok: true })
  const fresh = await offer.token()
  expect([await offer.state(old), await offer.state(fresh)]).toEqual(['superseded', 'open'])
  expect((await ctx.queue.pending())['send-mail']).toBe(jobs + 1)
  for (const mail of await offer.mails()) await sendInvitationMail(ctx, mail)
  expect(ctx.outbox.map(({ to }) => to)).toEqual(['right@creators.example'])
  expect(ctx.outbox[0]?.html).toContain(fresh)
  expect((await offer.mails()).map(({ status }) => status).toSorted()).toEqual(['sent', 'superseded'])
  const { alerts, events } = await ctx.db.inShop(ctx.shop.id, async (tx) => ({
    alerts: await tx.alert.findMany(),
    events: await tx.creatorEvent.findMany({ where: { creatorId: offer.creator.id } }),
  }))
  expect(alerts).toEqual([])
  expect(events.filter(({ kind }) => kind === 'agreement_offered')).toHaveLength(2)
  // The old address can neither answer nor read on; the new one can.
  const answer = { decision: 'accept' as const, name: 'Maya', confirmed: true, ip: '', userAgent: '' }
  const accept = (token: string) => decideAgreement(ctx, { token, termsHash: offer.termsHash, ...answer })
  expect((await accept(old)).ok).toBe(false)
  expect(await accept(fresh)).toEqual({ ok: true, status: 'accepted' })
  expect(await offer.state(old)).toBe('superseded')
})

test('another change of the profile leaves the invitation alone, and one that has run out is not sent anew', async () => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  const link = await offer.token()
  await offer.correct({ notes: 'Prefers silver.' })
  expect([await offer.state(link), (await offer.mails()).length]).toEqual(['open', 1])
  ctx.clock.advance(15 * 86_400_000)
  await offer.correct({ email: 'right@creators.example' })
  expect((await offer.mails()).length).toBe(1)
})
