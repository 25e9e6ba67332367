// The ids of one shop, asked for from another: each door answers as if there were nothing, and nothing changes.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readAgreementForm } from '#app/features/agreements/agreement-form-view.server.ts'
import { readAgreement } from '#app/features/agreements/agreement-view.server.ts'
import { draftAgreement } from '#app/features/agreements/draft-agreement.server.ts'
import { endAgreement } from '#app/features/agreements/end-agreement.server.ts'
import { inviteAgain } from '#app/features/agreements/invite-again.server.ts'
import { offerAgreement } from '#app/features/agreements/offer-agreement.server.ts'
import { reviseAgreement } from '#app/features/agreements/revise-agreement.server.ts'
import { withdrawOffer } from '#app/features/agreements/withdraw-offer.server.ts'
import { createCreatorCode } from '#app/features/attribution/create-creator-code.server.ts'
import { createCreatorLink } from '#app/features/attribution/create-creator-link.server.ts'
import { endCreatorCode } from '#app/features/attribution/end-creator-code.server.ts'
import { followCreatorLink } from '#app/features/attribution/follow-creator-link.server.ts'
import { revokeCreatorLink } from '#app/features/attribution/revoke-creator-link.server.ts'
import type { ShopContext } from '#app/features/context.ts'
import { archiveCreator } from '#app/features/creators/archive-creator.server.ts'
import { createCreator } from '#app/features/creators/create-creator.server.ts'
import { readCreator } from '#app/features/creators/creator-view.server.ts'
import { editCreator } from '#app/features/creators/edit-creator.server.ts'
import { restoreCreator } from '#app/features/creators/restore-creator.server.ts'
import { resendStatement } from '#app/features/statements/resend-statement.server.ts'
import { readStatement } from '#app/features/statements/statement-view.server.ts'
import { makeTerms } from './factories/creator.ts'
import { createPartnerContext } from './factories/partner-context.ts'
import { createShop } from './factories/shop.ts'

const terms = makeTerms({ startsOn: '2026-05-05' })
const profile = { name: 'Maya', email: 'maya@studio.example', handle: 'maya', channels: [], notes: '' }

function must<Value extends { ok: boolean }>(value: Value): Extract<Value, { ok: true }> {
  if (!value.ok) throw new Error(JSON.stringify(value))
  return value as Extract<Value, { ok: true }>
}

async function fillShop(ctx: ShopContext) {
  const { creatorId } = must(await createCreator(ctx, { formId: randomUUID(), creator: profile }))
  const drafted = { formId: randomUUID(), creatorId, title: 'Spring', terms }
  const { agreementId } = must(await draftAgreement(ctx, drafted))
  const termsHash = (await readAgreement(ctx, agreementId))?.versions[0]?.termsHash ?? ''
  must(await offerAgreement(ctx, { agreementId, termsHash }))
  const code = { formId: randomUUID(), creatorId, code: 'MAYA10', percent: '10' }
  const { codeId } = must(await createCreatorCode(ctx, code))
  const link = await createCreatorLink(ctx, { formId: randomUUID(), creatorId, path: '/' })
  const { linkId, reference } = must(link)
  return { creatorId, agreementId, termsHash, codeId, linkId, reference }
}

test('every door is shut for the ids of another shop', async () => {
  await using ctx = await createPartnerContext()
  const theirs = await fillShop(ctx)
  const before = [await readCreator(ctx, theirs.creatorId), await readAgreement(ctx, theirs.agreementId)]
  const mine = ctx.forShop(await createShop(ctx.db))
  const { creatorId, agreementId, termsHash, codeId, linkId, reference } = theirs
  const none = { agreements: 0, codes: 0, links: 0 }
  const formId = randomUUID()
  const answers = {
    edit: await editCreator(mine, { creatorId, revision: 1, creator: profile }),
    archive: await archiveCreator(mine, { creatorId, shown: none }),
    restore: await restoreCreator(mine, { creatorId }),
    reuseForm: await createCreator(mine, { formId: creatorId, creator: profile }),
    code: await createCreatorCode(mine, { formId, creatorId, code: 'X10', percent: '10' }),
    link: await createCreatorLink(mine, { formId, creatorId, path: '/' }),
    endCode: await endCreatorCode(mine, { codeId }),
    revoke: await revokeCreatorLink(mine, { linkId }),
    follow: await followCreatorLink(mine, mine.shop.domain, reference),
    draft: await draftAgreement(mine, { formId, creatorId, title: 'x', terms }),
    revise: await reviseAgreement(mine, { agreementId, title: 'x', terms, basedOn: termsHash }),
    offer: await offerAgreement(mine, { agreementId, termsHash }),
    again: await inviteAgain(mine, { agreementId }),
    withdraw: await withdrawOffer(mine, { agreementId }),
    end: await endAgreement(mine, { agreementId }),
    resend: await resendStatement(mine, agreementId),
    statement: await readStatement(mine, agreementId),
  }
  const reasons = Object.entries(answers).map(([door, answer]) => [door, answer.ok || answer.reason])
  expect(Object.fromEntries(reasons)).toEqual({
    edit: 'unknown_creator',
    archive: 'unknown_creator',
    restore: 'unknown_creator',
    reuseForm: 'form_reused',
    code: 'unknown_creator',
    link: 'unknown_creator',
    endCode: 'unknown_code',
    revoke: 'unknown_link',
    follow: 'unknown_link',
    draft: 'unknown_creator',
    revise: 'unknown_agreement',
    offer: 'unknown_agreement',
    again: 'unknown_agreement',
    withdraw: 'unknown_agreement',
    end: 'unknown_agreement',
    resend: 'statement_not_found',
    statement: 'statement_not_found',
  })
  expect(await readCreator(mine, creatorId)).toBeNull()
  expect(await readAgreement(mine, agreementId)).toBeNull()
  expect(await readAgreementForm(mine, agreementId)).toBeNull()
  const after = [await readCreator(ctx, theirs.creatorId), await readAgreement(ctx, theirs.agreementId)]
  expect(after).toEqual(before)
})

test('a form id that another shop used is taken, and makes nothing', async () => {
  await using ctx = await createPartnerContext()
  const theirs = await fillShop(ctx)
  const mine = ctx.forShop(await createShop(ctx.db))
  const { creatorId } = must(await createCreator(mine, { formId: randomUUID(), creator: profile }))
  const draft = { formId: theirs.agreementId, creatorId, title: 'x', terms }
  expect(await draftAgreement(mine, draft)).toEqual({ ok: false, reason: 'form_reused' })
  const link = await createCreatorLink(mine, { formId: theirs.linkId, creatorId, path: '/' })
  expect(link).toMatchObject({ ok: false })
  const code = { formId: theirs.codeId, creatorId, code: 'MINE10', percent: '10' }
  expect(await createCreatorCode(mine, code)).toMatchObject({ ok: false })
})
