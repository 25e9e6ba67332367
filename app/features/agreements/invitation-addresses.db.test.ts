import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { createCreator, makeTerms } from '#tests/factories/creator.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { draftAgreement } from './draft-agreement.server.ts'
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
  expect(after.map(({ status }) => status)).toEqual(['failed', 'sent'])
})
