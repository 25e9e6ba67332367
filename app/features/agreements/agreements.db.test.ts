import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import type { AgreementTerms } from '#app/domain/agreements/terms.ts'
import { createCreator, makeTerms } from '#tests/factories/creator.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { readAgreementForm } from './agreement-form-view.server.ts'
import { parseAgreementListQuery } from './agreement-list-query.ts'
import { readAgreementList } from './agreement-list-view.server.ts'
import { readAgreement } from './agreement-view.server.ts'
import { decideAgreement } from './decide-agreement.server.ts'
import { draftAgreement } from './draft-agreement.server.ts'
import { endAgreement } from './end-agreement.server.ts'
import { readInvitation } from './invitation-view.server.ts'
import { inviteAgain } from './invite-again.server.ts'
import { offerAgreement } from './offer-agreement.server.ts'
import { reviseAgreement } from './revise-agreement.server.ts'
import { sendInvitationMail } from './send-invitation-mail.server.ts'
import { withdrawOffer } from './withdraw-offer.server.ts'

// The clock stands at 4 May 2026, 11:00 in New York.
const terms = makeTerms({ startsOn: '2026-05-04' })

async function view(ctx: PartnerTestContext, agreementId: string) {
  const found = await readAgreement(ctx, agreementId)
  if (!found) throw new Error('no agreement')
  return found
}

async function draft(ctx: PartnerTestContext, overrides: Partial<AgreementTerms> = {}, creatorId?: string) {
  const creator = creatorId ?? (await createCreator(ctx.db, ctx.shop)).id
  const result = await draftAgreement(ctx, {
    formId: randomUUID(),
    creatorId: creator,
    title: 'Spring edit',
    terms: { ...terms, ...overrides },
  })
  if (!result.ok) throw new Error(JSON.stringify(result))
  return result.agreementId
}

async function offer(ctx: PartnerTestContext, agreementId: string) {
  const termsHash = (await view(ctx, agreementId)).versions[0]?.termsHash ?? ''
  const result = await offerAgreement(ctx, { agreementId, termsHash })
  if (!result.ok) throw new Error(JSON.stringify(result))
  return tokenOf(ctx, agreementId)
}

async function tokenOf(ctx: PartnerTestContext, agreementId: string) {
  return (await view(ctx, agreementId)).invitationUrl?.split('/c/agreements/')[1] ?? ''
}

async function answer(
  ctx: PartnerTestContext,
  token: string,
  given: Partial<Parameters<typeof decideAgreement>[1]> = {},
) {
  const invitation = await readInvitation(ctx, token)
  return decideAgreement(ctx, {
    token,
    decision: 'accept',
    name: 'Maya Okafor',
    confirmed: true,
    termsHash: invitation.ok ? invitation.view.termsHash : '',
    ip: '203.0.113.7',
    userAgent: 'Browser',
    ...given,
  })
}

async function agreed(ctx: PartnerTestContext, overrides: Partial<AgreementTerms> = {}) {
  const agreementId = await draft(ctx, overrides)
  expect(await answer(ctx, await offer(ctx, agreementId))).toEqual({ ok: true, status: 'accepted' })
  return agreementId
}

test('from draft to acceptance, with evidence, mail and history', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const token = await offer(ctx, agreementId)
  expect((await view(ctx, agreementId)).status).toBe('offered')
  const delivery = await ctx.db.inShop(ctx.shop.id, (tx) => tx.mailDelivery.findFirstOrThrow())
  expect(await ctx.queue.pending()).toEqual({ 'send-mail': 1 })
  expect(await sendInvitationMail(ctx, delivery)).toEqual({ tryAgain: false })
  expect(ctx.outbox).toHaveLength(1)
  expect(ctx.outbox[0]?.text).toContain(`https://filigree.example/c/agreements/${token}`)
  expect(ctx.outbox[0]?.text).toContain('You get 10% of the net value of every sale that you bring.')
  expect(await answer(ctx, token)).toEqual({ ok: true, status: 'accepted' })

  const after = await view(ctx, agreementId)
  expect(after.status).toBe('active')
  expect(after.versions[0]).toMatchObject({ status: 'accepted', inForce: true, signedBy: 'Maya Okafor' })
  const version = await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.findFirstOrThrow())
  expect(version.evidence).toMatchObject({
    name: 'Maya Okafor',
    at: '2026-05-04T15:00:00.000Z',
    termsHash: version.termsHash,
    userAgent: 'Browser',
  })
  expect(JSON.stringify(version.evidence)).not.toContain('203.0.113.7')
  const events = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creatorEvent.findMany({ orderBy: { at: 'asc' } }),
  )
  expect(new Set(events.map((event) => event.kind))).toEqual(
    new Set(['agreement_drafted', 'agreement_offered', 'agreement_accepted']),
  )
})

test.each<[string, Partial<AgreementTerms>, string, string]>([
  ['a share above the cap', { shareBps: 4001 }, 'shareBps', 'share_above_cap'],
  ['another currency', { currency: 'EUR' }, 'currency', 'currency_not_shop_currency'],
  ['a start in the past', { startsOn: '2026-05-03' }, 'startsOn', 'starts_in_past'],
  ['an end before the start', { endsOn: '2026-05-01' }, 'endsOn', 'ends_before_start'],
  ['an owner of everything', { role: 'design_owner' }, 'scope', 'owner_needs_products'],
  [
    'an id that Shopify would never send',
    { scope: { kind: 'products', productIds: ['gid://shopify/Product/1'] } },
    'scope',
    'not_an_id',
  ],
])('a draft is refused: %s', async (_, overrides, field, reason) => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop)
  const result = await draftAgreement(ctx, {
    formId: randomUUID(),
    creatorId: creator.id,
    title: 'T',
    terms: { ...terms, ...overrides },
  })
  expect(result).toMatchObject({ ok: false, reason: 'invalid_terms', problems: [{ field, reason }] })
})

test('a start in closed books is refused', async () => {
  await using ctx = await createPartnerContext()
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.period.create({
      data: {
        id: randomUUID(),
        shopId: ctx.shop.id,
        label: '2026-05',
        status: 'closed',
        startsAt: new Date('2026-05-01T04:00:00Z'),
        endsAt: new Date('2026-06-01T04:00:00Z'),
      },
    }),
  )
  const creator = await createCreator(ctx.db, ctx.shop)
  const attempt = (startsOn: string) =>
    draftAgreement(ctx, {
      formId: randomUUID(),
      creatorId: creator.id,
      title: 'T',
      terms: { ...terms, startsOn },
    })
  expect(await attempt('2026-05-31')).toMatchObject({
    problems: [{ field: 'startsOn', reason: 'starts_in_closed_period' }],
  })
  expect(await attempt('2026-06-01')).toMatchObject({ ok: true })
})

test('sending the form twice makes one agreement', async () => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop)
  const input = { formId: randomUUID(), creatorId: creator.id, title: 'T', terms }
  const results = await Promise.all([draftAgreement(ctx, input), draftAgreement(ctx, input)])
  expect(results.map((result) => result.ok)).toEqual([true, true])
  expect((await readAgreementList(ctx, parseAgreementListQuery(new URLSearchParams()))).total).toBe(1)
  expect((await view(ctx, input.formId)).versions).toHaveLength(1)
})

test('a draft is edited under an optimistic lock, and not offered unseen', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const form = await readAgreementForm(ctx, agreementId)
  const basedOn = form?.editing?.draftHash ?? null
  const edit = (shareBps: number) =>
    reviseAgreement(ctx, { agreementId, title: 'Spring edit', terms: { ...terms, shareBps }, basedOn })
  expect(await edit(1200)).toEqual({ ok: true, versionNumber: 1 })
  expect(await edit(1300)).toEqual({ ok: false, reason: 'changed_meanwhile' })
  expect(await edit(1200)).toEqual({ ok: true, versionNumber: 1 })
  expect(await offerAgreement(ctx, { agreementId, termsHash: basedOn ?? '' })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
  })
})

test('an offer whose start has passed meanwhile is refused', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const termsHash = (await view(ctx, agreementId)).versions[0]?.termsHash ?? ''
  ctx.clock.advance(86_400_000)
  expect(await offerAgreement(ctx, { agreementId, termsHash })).toMatchObject({
    reason: 'invalid_terms',
    problems: [{ reason: 'starts_in_past' }],
  })
})

test('offered terms cannot be revised, offered again or changed behind the use case', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  await offer(ctx, agreementId)
  expect(await reviseAgreement(ctx, { agreementId, title: 'T', terms, basedOn: null })).toEqual({
    ok: false,
    reason: 'offer_open',
  })
  expect(await offerAgreement(ctx, { agreementId, termsHash: '' })).toEqual({
    ok: false,
    reason: 'already_offered',
  })
  const tamper = ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.$executeRawUnsafe(`update agreement_version set terms = '{}'`),
  )
  await expect(tamper).rejects.toThrow(/cannot change/)
})

test('accepted terms are immutable in the database', async () => {
  await using ctx = await createPartnerContext()
  await agreed(ctx)
  const statements = [
    `update agreement_version set terms = '{}'`,
    `update agreement_version set status = 'draft'`,
    `update agreement_version set evidence = '{}'`,
    `update agreement_version set decided_at = null`,
  ]
  for (const statement of statements) {
    await expect(ctx.db.inShop(ctx.shop.id, (tx) => tx.$executeRawUnsafe(statement))).rejects.toThrow(
      /cannot change/,
    )
  }
  const remove = ctx.db.inShop(ctx.shop.id, (tx) => tx.$executeRawUnsafe('delete from agreement_version'))
  await expect(remove).rejects.toThrow(/DELETE refused/)
})

type Prepare = (ctx: PartnerTestContext, token: string, agreementId: string) => Promise<string | undefined>
const refusals: Array<[string, Prepare, Partial<Parameters<typeof decideAgreement>[1]>, object]> = [
  [
    'a forged link',
    async (_, token) => `${token.slice(0, -2)}${token.endsWith('AA') ? 'BB' : 'AA'}`,
    {},
    { reason: 'forged' },
  ],
  ['no link', async () => '', {}, { reason: 'malformed' }],
  ['other terms than shown', async () => undefined, { termsHash: 'other' }, { reason: 'terms_changed' }],
  [
    'no name',
    async () => undefined,
    { name: ' ' },
    { reason: 'incomplete', problems: [{ field: 'name', reason: 'missing' }] },
  ],
  [
    'not confirmed',
    async () => undefined,
    { confirmed: false },
    { reason: 'incomplete', problems: [{ field: 'confirmed', reason: 'missing' }] },
  ],
  [
    'at the second of expiry',
    async (ctx) => {
      ctx.clock.advance(14 * 86_400_000)
      return undefined
    },
    {},
    { reason: 'invitation_expired' },
  ],
  [
    'withdrawn',
    async (ctx, _, agreementId) => {
      await withdrawOffer(ctx, { agreementId })
      return undefined
    },
    {},
    { reason: 'offer_withdrawn' },
  ],
  [
    'a newer invitation exists',
    async (ctx, _, agreementId) => {
      ctx.clock.advance(120_000)
      await inviteAgain(ctx, { agreementId })
      return undefined
    },
    {},
    { reason: 'invitation_replaced' },
  ],
  [
    'the agreement was ended',
    async (ctx, _, agreementId) => {
      await endAgreement(ctx, { agreementId })
      return undefined
    },
    {},
    { reason: 'agreement_ended' },
  ],
  [
    'declined before',
    async (ctx, token) => {
      await answer(ctx, token, { decision: 'decline' })
      return undefined
    },
    {},
    { reason: 'already_declined' },
  ],
]
test.each(refusals)(
  'an acceptance is refused and nothing is stored: %s',
  async (_, prepare, given, expected) => {
    await using ctx = await createPartnerContext()
    const agreementId = await draft(ctx)
    const token = await offer(ctx, agreementId)
    const { termsHash } = await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.findFirstOrThrow())
    const used = (await prepare(ctx, token, agreementId)) ?? token
    expect(await answer(ctx, used, { termsHash, ...given })).toMatchObject({ ok: false, ...expected })
    expect(
      await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.count({ where: { status: 'accepted' } })),
    ).toBe(0)
  },
)

test('accepting twice, also at once, is one acceptance; declining afterwards is refused', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const token = await offer(ctx, agreementId)
  const results = await Promise.all([answer(ctx, token), answer(ctx, token)])
  expect(results).toEqual([
    { ok: true, status: 'accepted' },
    { ok: true, status: 'accepted' },
  ])
  expect(await answer(ctx, token, { decision: 'decline' })).toEqual({ ok: false, reason: 'already_accepted' })
  const accepted = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creatorEvent.count({ where: { kind: 'agreement_accepted' } }),
  )
  expect(accepted).toBe(1)
})

test('a link that names another shop opens nothing of it', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  await offer(ctx, agreementId)
  const other = await createShop(ctx.db)
  const version = await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.findFirstOrThrow())
  const { invitationUrl } = await import('./invitation-link.server.ts')
  const token =
    invitationUrl(ctx, { ...version, shopId: other.id })
      ?.split('/')
      .at(-1) ?? ''
  expect(await readInvitation(ctx, token)).toEqual({ ok: false, reason: 'unknown_offer' })
  expect(await readAgreement(ctx.forShop(other), agreementId)).toBeNull()
  for (const act of [withdrawOffer, endAgreement, inviteAgain]) {
    expect(await act(ctx.forShop(other), { agreementId })).toMatchObject({ reason: 'unknown_agreement' })
  }
})

test('an uninstalled shop opens no invitation', async () => {
  await using ctx = await createPartnerContext()
  const token = await offer(ctx, await draft(ctx))
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.shop.update({ where: { id: ctx.shop.id }, data: { uninstalledAt: new Date() } }),
  )
  expect(await readInvitation(ctx, token)).toEqual({ ok: false, reason: 'unknown_offer' })
  expect(await answer(ctx, token)).toEqual({ ok: false, reason: 'unknown_offer' })
})

test('a new version takes over at its local midnight and not before', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await agreed(ctx)
  const next = { ...terms, shareBps: 1500, startsOn: '2026-05-10' }
  const revise = (startsOn: string) =>
    reviseAgreement(ctx, { agreementId, title: 'Spring edit', terms: { ...next, startsOn }, basedOn: null })
  expect(await revise('2026-05-04')).toMatchObject({
    problems: [{ reason: 'starts_before_current_version' }],
  })
  expect(
    await reviseAgreement(ctx, {
      agreementId,
      title: 'S',
      terms: { ...next, role: 'design_owner', scope: { kind: 'products', productIds: ['1'] } },
      basedOn: null,
    }),
  ).toMatchObject({ problems: [{ field: 'role', reason: 'role_fixed' }] })
  expect(await revise('2026-05-10')).toEqual({ ok: true, versionNumber: 2 })
  expect((await view(ctx, agreementId)).status).toBe('active')
  expect(await answer(ctx, await offer(ctx, agreementId))).toEqual({ ok: true, status: 'accepted' })
  const inForce = async () =>
    (await view(ctx, agreementId)).versions.find((version) => version.inForce)?.number
  ctx.clock.moveTo('2026-05-10T03:59:59.999Z')
  expect(await inForce()).toBe(1)
  ctx.clock.moveTo('2026-05-10T04:00:00Z')
  expect(await inForce()).toBe(2)
  expect((await view(ctx, agreementId)).versions[0]?.changes).toEqual([
    { field: 'shareBps', before: ['10%'], after: ['15%'] },
    { field: 'startsOn', before: ['May 4, 2026'], after: ['May 10, 2026'] },
  ])
  await endAgreement(ctx, { agreementId })
  expect(await inForce()).toBeUndefined()
})

test('a declined new version leaves the running one in force', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await agreed(ctx)
  await reviseAgreement(ctx, {
    agreementId,
    title: 'S',
    terms: { ...terms, shareBps: 500, startsOn: '2026-05-10' },
    basedOn: null,
  })
  expect(await answer(ctx, await offer(ctx, agreementId), { decision: 'decline', name: '' })).toEqual({
    ok: true,
    status: 'declined',
  })
  const after = await view(ctx, agreementId)
  expect([after.status, after.versions.map((version) => [version.status, version.inForce])]).toEqual([
    'active',
    [
      ['declined', false],
      ['accepted', true],
    ],
  ])
})

test('unchanged terms make no new version', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await agreed(ctx, { startsOn: '2026-05-20' })
  const result = await reviseAgreement(ctx, {
    agreementId,
    title: 'Spring edit',
    terms: { ...terms, startsOn: '2026-05-20' },
    basedOn: null,
  })
  expect(result.ok).toBe(false)
  expect((await view(ctx, agreementId)).versions).toHaveLength(1)
})

test('withdrawing opens the agreement for a new draft, once', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const token = await offer(ctx, agreementId)
  expect(await withdrawOffer(ctx, { agreementId })).toEqual({ ok: true })
  expect(await withdrawOffer(ctx, { agreementId })).toEqual({ ok: false, reason: 'no_open_offer' })
  const read = await readInvitation(ctx, token)
  expect(read.ok && read.view.state).toBe('withdrawn')
  expect(await reviseAgreement(ctx, { agreementId, title: 'S', terms, basedOn: null })).toEqual({
    ok: true,
    versionNumber: 2,
  })
})

test('a second invitation needs a minute, and makes the first link void', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const first = await offer(ctx, agreementId)
  expect(await inviteAgain(ctx, { agreementId })).toEqual({ ok: false, reason: 'sent_just_now' })
  ctx.clock.advance(61_000)
  expect(await inviteAgain(ctx, { agreementId })).toEqual({ ok: true })
  const state = async (token: string) => {
    const read = await readInvitation(ctx, token)
    return read.ok && read.view.state
  }
  expect(await state(first)).toBe('superseded')
  expect(await state(await tokenOf(ctx, agreementId))).toBe('open')
})

test('an invitation of a withdrawn offer is not sent, and a mail server that is away is asked again', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  await offer(ctx, agreementId)
  const delivery = await ctx.db.inShop(ctx.shop.id, (tx) => tx.mailDelivery.findFirstOrThrow())
  const status = async () =>
    (await ctx.db.inShop(ctx.shop.id, (tx) => tx.mailDelivery.findFirstOrThrow())).status
  ctx.mailAnswers.push({ ok: false, reason: 'unreachable', message: 'away', retry: true })
  expect(await sendInvitationMail(ctx, delivery)).toEqual({ tryAgain: true })
  expect(await status()).toBe('queued')
  await withdrawOffer(ctx, { agreementId })
  expect(await sendInvitationMail(ctx, delivery)).toEqual({ tryAgain: false })
  expect(await status()).toBe('failed')
  expect(ctx.outbox).toEqual([])
})

test('the list finds by creator and shows the share that counts now', async () => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop, { name: 'Noor', handle: 'noor' })
  const agreementId = await draft(ctx, {}, creator.id)
  await answer(ctx, await offer(ctx, agreementId))
  await draft(ctx, { shareBps: 700 })
  await reviseAgreement(ctx, {
    agreementId,
    title: 'Noor',
    terms: { ...terms, shareBps: 2000, startsOn: '2026-06-01' },
    basedOn: null,
  })
  const read = (search: string) =>
    readAgreementList(ctx, parseAgreementListQuery(new URLSearchParams(search)))
  expect((await read('q=noor')).rows.map((row) => [row.title, row.shareBps, row.versions])).toEqual([
    ['Noor', 1000, 2],
  ])
  expect((await read('status=draft')).rows.map((row) => row.shareBps)).toEqual([700])
  expect((await read('')).counts).toEqual({ active: 1, draft: 1 })
  const form = await readAgreementForm(ctx, null)
  expect(form?.others.map((other) => [other.creatorName, other.shareBps])).toEqual([['Noor', 1000]])
})

test('a creator reads, is mailed and accepts in their own language, and that text is what is kept', async () => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop)
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: creator.id }, data: { locale: 'de-AT' } }),
  )
  const token = await offer(ctx, await draft(ctx, { reserve: { bps: 1000, days: 60 } }, creator.id))
  const delivery = await ctx.db.inShop(ctx.shop.id, (tx) => tx.mailDelivery.findFirstOrThrow())
  await sendInvitationMail(ctx, delivery)
  const told = 'Sie erhalten 10 % vom Nettowert jedes Verkaufs, den Sie vermitteln.'
  expect(ctx.outbox[0]?.text.replace(/\u00a0/g, ' ')).toContain(told)
  expect(ctx.outbox[0]?.text).not.toContain('englisch')
  const invitation = await readInvitation(ctx, token)
  const sentences = invitation.ok ? invitation.view.sentences : []
  expect(sentences.join(' ').replace(/\u00a0/g, ' ')).toContain('10 % für späte Rückgaben noch 60 Tage')
  // Between reading and answering somebody changes the creator's language.
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: creator.id }, data: { locale: 'fr' } }),
  )
  expect(await answer(ctx, token, { locale: 'de-AT' })).toEqual({ ok: true, status: 'accepted' })
  const version = await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.findFirstOrThrow())
  expect(version.evidence).toMatchObject({ locale: 'de-AT', language: 'de', text: sentences })
})

test('a locale that is none falls back to the one of the creator', async () => {
  await using ctx = await createPartnerContext()
  const token = await offer(ctx, await draft(ctx))
  await answer(ctx, token, { locale: '<script>' })
  const version = await ctx.db.inShop(ctx.shop.id, (tx) => tx.agreementVersion.findFirstOrThrow())
  expect(version.evidence).toMatchObject({ locale: 'en', language: 'en' })
})

test('terms reach back only when that is agreed, and not to before the creator was known', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await agreed(ctx)
  const revise = (startsOn: string, retroactive: boolean) =>
    reviseAgreement(ctx, {
      agreementId,
      title: 'Spring edit',
      terms: { ...terms, shareBps: 1500, startsOn },
      basedOn: null,
      retroactive,
    })
  expect(await revise('2026-04-01', false)).toMatchObject({
    problems: [{ field: 'startsOn', reason: 'starts_before_current_version' }],
  })
  expect(await revise('2025-12-30', true)).toMatchObject({
    problems: [{ field: 'startsOn', reason: 'starts_before_creator' }],
  })
  expect(await revise('2026-04-01', true)).toEqual({ ok: true, versionNumber: 2 })
  const draftHash = (await view(ctx, agreementId)).versions[0]?.termsHash ?? ''
  expect(await readAgreementForm(ctx, agreementId)).toMatchObject({ editing: { retroactive: true } })
  const token = await offer(ctx, agreementId)
  const invitation = await readInvitation(ctx, token)
  expect(invitation.ok && invitation.view.sentences.at(-1)).toContain('since April 1, 2026')
  expect(invitation.ok && invitation.view.newSentences).toEqual([
    'You get 15% of the net value of every sale that you bring.',
    expect.stringContaining('It starts on April 1, 2026'),
    expect.stringContaining('since April 1, 2026'),
  ])
  expect(await answer(ctx, token)).toEqual({ ok: true, status: 'accepted' })
  const [newest] = (await view(ctx, agreementId)).versions
  expect(newest).toMatchObject({ number: 2, retroactive: true, inForce: true, termsHash: draftHash })
  const stored = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.agreementVersion.findFirstOrThrow({ where: { number: 2 } }),
  )
  expect(stored).toMatchObject({ retroactive: true, effectiveFrom: new Date('2026-04-01T04:00:00Z') })
  expect(stored.evidence).toMatchObject({ retroactive: true })
})

test('to reach back is a term of its own: taking it away is a change', async () => {
  await using ctx = await createPartnerContext()
  const agreementId = await draft(ctx)
  const [before] = (await view(ctx, agreementId)).versions
  const saved = await reviseAgreement(ctx, {
    agreementId,
    title: 'Spring edit',
    terms,
    basedOn: before?.termsHash ?? null,
    retroactive: true,
  })
  expect(saved).toEqual({ ok: true, versionNumber: 1 })
  expect((await view(ctx, agreementId)).versions[0]?.termsHash).not.toBe(before?.termsHash)
  expect(await offerAgreement(ctx, { agreementId, termsHash: before?.termsHash ?? '' })).toEqual({
    ok: false,
    reason: 'changed_meanwhile',
  })
})

test('every term survives saving and comes back into the form', async () => {
  await using ctx = await createPartnerContext()
  const all: Partial<AgreementTerms> = {
    tiers: {
      basis: 'net',
      window: 'period',
      mode: 'marginal',
      steps: [
        { from: '500000', shareBps: 1200 },
        { from: '1000000', shareBps: 1500 },
      ],
    },
    reserve: { bps: 1500, days: 90 },
    guarantee: { kind: 'restock', units: 40, perUnitMinor: '900', productIds: ['7'], until: '2026-09-30' },
    retention: { withinDays: 180, minimumNetMinor: '5000', reward: { kind: 'fixed', amountMinor: '1000' } },
    subscription: { cycles: 6, decayBps: 1000 },
  }
  const agreementId = await draft(ctx, all)
  const form = await readAgreementForm(ctx, agreementId)
  expect(form?.editing?.terms).toEqual({ ...terms, ...all })
})

test('a guarantee of pieces outside the collections that the terms are about is refused', async () => {
  await using ctx = await createPartnerContext()
  const creator = await createCreator(ctx.db, ctx.shop)
  const result = await draftAgreement(ctx, {
    formId: randomUUID(),
    creatorId: creator.id,
    title: 'T',
    terms: {
      ...terms,
      scope: { kind: 'collections', collectionIds: ['5'] },
      guarantee: { kind: 'restock', units: 1, perUnitMinor: '1', productIds: ['7'], until: '2026-09-30' },
    },
  })
  expect(result).toMatchObject({
    problems: [{ field: 'guaranteeProducts', reason: 'product_outside_scope' }],
  })
})
