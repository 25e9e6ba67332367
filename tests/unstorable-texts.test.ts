// Texts that Postgres refuses (a zero byte, half of a character, a number beyond its range), at every door: each is a named field or is
// left out, never an error of the server.
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { parseAgreementListQuery } from '#app/features/agreements/agreement-list-query.ts'
import { readAgreementList } from '#app/features/agreements/agreement-list-view.server.ts'
import { readAgreement } from '#app/features/agreements/agreement-view.server.ts'
import { decideAgreement } from '#app/features/agreements/decide-agreement.server.ts'
import { draftAgreement } from '#app/features/agreements/draft-agreement.server.ts'
import { offerAgreement } from '#app/features/agreements/offer-agreement.server.ts'
import { followCreatorLink } from '#app/features/attribution/follow-creator-link.server.ts'
import { createCreator } from '#app/features/creators/create-creator.server.ts'
import { parseCreatorListQuery } from '#app/features/creators/creator-list-query.ts'
import { readCreatorList } from '#app/features/creators/creator-list-view.server.ts'
import { parseJournalListQuery } from '#app/features/ledger/journal-list-query.ts'
import { readJournalList } from '#app/features/ledger/journal-list-view.server.ts'
import { saveSettings } from '#app/features/settings/save-settings.server.ts'
import { makeTerms, createCreator as storedCreator } from './factories/creator.ts'
import { createPartnerContext, type PartnerTestContext } from './factories/partner-context.ts'

const ZERO = 'a\u0000b'
const HALF = 'a\ud83d'

const maya = { name: 'Maya', email: 'maya@studio.example', handle: 'maya', locale: 'en', notes: '' }
const channel = { platform: 'blog', handle: 'maya', url: '', followers: '' }

test.each([
  ['name', { name: ZERO }],
  ['name', { name: HALF }],
  ['email', { email: 'a\u0000b@studio.example' }],
  ['notes', { notes: ZERO }],
  ['channels.0.handle', { channels: [{ ...channel, handle: ZERO }] }],
  ['channels.0.handle', { channels: [{ ...channel, handle: HALF }] }],
  ['channels.0.url', { channels: [{ ...channel, url: `https://studio.example/${ZERO}` }] }],
])('a creator is refused at %s', async (field, wrong) => {
  await using ctx = await createPartnerContext()
  const result = await createCreator(ctx, { formId: randomUUID(), creator: { ...maya, ...wrong } })
  expect(result).toMatchObject({ ok: false, reason: 'invalid_input', problems: [{ field }] })
})

test('notes keep their line breaks and emoji', async () => {
  await using ctx = await createPartnerContext()
  const notes = 'Met at the fair.\r\n\tLikes 👩🏽‍🎨'
  expect(await createCreator(ctx, { formId: randomUUID(), creator: { ...maya, notes } })).toMatchObject({
    ok: true,
  })
})

test.each([
  ['title', { title: ZERO }],
  ['scope', { terms: { scope: { kind: 'products', productIds: ['9223372036854775808'] } } }],
  [
    'scope',
    {
      terms: {
        scope: { kind: 'collections', collectionIds: Array.from({ length: 2001 }, (_, at) => `${at + 1}`) },
      },
    },
  ],
] as const)('an agreement is refused at %s', async (field, wrong) => {
  await using ctx = await createPartnerContext()
  const { id } = await storedCreator(ctx.db, ctx.shop)
  const { title = 'Spring', terms = {} } = wrong as { title?: string; terms?: object }
  const result = await draftAgreement(ctx, {
    formId: randomUUID(),
    creatorId: id,
    title,
    terms: { ...makeTerms({ startsOn: '2026-05-04' }), ...terms },
  })
  expect(result).toMatchObject({ ok: false, reason: 'invalid_terms', problems: [{ field }] })
})

async function offered(ctx: PartnerTestContext) {
  const { id } = await storedCreator(ctx.db, ctx.shop)
  const agreementId = randomUUID()
  const terms = makeTerms({ startsOn: '2026-05-04' })
  await draftAgreement(ctx, { formId: agreementId, creatorId: id, title: 'Spring', terms })
  const termsHash = (await readAgreement(ctx, agreementId))?.versions[0]?.termsHash ?? ''
  await offerAgreement(ctx, { agreementId, termsHash })
  const token = (await readAgreement(ctx, agreementId))?.invitationUrl?.split('/').at(-1) ?? ''
  return { token, termsHash, confirmed: true, ip: '', userAgent: '' }
}

test('a signature that cannot be kept is a wrong name, and an answer without one needs none', async () => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  expect(await decideAgreement(ctx, { ...offer, decision: 'accept', name: ZERO })).toEqual({
    ok: false,
    reason: 'incomplete',
    problems: [{ field: 'name', reason: 'malformed' }],
  })
  // Cut at its longest, a name may end in half of a character.
  const name = `\u0000${'a'.repeat(118)}👩`
  expect(await decideAgreement(ctx, { ...offer, decision: 'decline', name })).toEqual({
    ok: true,
    status: 'declined',
  })
})

test('a reply address is refused', async () => {
  await using ctx = await createPartnerContext()
  const input = {
    returnWindowDays: '30',
    maxTotalShare: '40',
    senderName: '',
    replyTo: 'a\u0000b@studio.example',
  }
  expect(await saveSettings(ctx, input)).toEqual({ ok: false, fields: { replyTo: 'not_an_address' } })
})

test('searches go on without them', async () => {
  await using ctx = await createPartnerContext()
  await storedCreator(ctx.db, ctx.shop, { name: 'Maya' })
  const asked = new URLSearchParams({ q: 'Ma\u0000ya', order: '#10\u000001' })
  expect((await readCreatorList(ctx, parseCreatorListQuery(asked))).total).toBe(1)
  expect((await readAgreementList(ctx, parseAgreementListQuery(asked))).total).toBe(0)
  expect((await readJournalList(ctx, parseJournalListQuery(asked))).rows).toEqual([])
})

test.each([
  ['with a zero byte', ZERO],
  ['of 5,000 characters', 'x'.repeat(5_000)],
  ['that is a path', '..'],
  ['of other letters', 'ÄÖ'],
])('a short link %s leads nowhere', async (_, reference) => {
  await using ctx = await createPartnerContext()
  expect(await followCreatorLink(ctx, ctx.shop.domain, reference)).toEqual({
    ok: false,
    reason: 'unknown_link',
  })
})
