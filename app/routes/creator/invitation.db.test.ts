import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { readAgreement } from '#app/features/agreements/agreement-view.server.ts'
import { draftAgreement } from '#app/features/agreements/draft-agreement.server.ts'
import { offerAgreement } from '#app/features/agreements/offer-agreement.server.ts'
import { withdrawOffer } from '#app/features/agreements/withdraw-offer.server.ts'
import { createCreator, makeTerms } from '#tests/factories/creator.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { answerInvitation, showInvitation } from './invitation-page.server.tsx'

async function offered(ctx: PartnerTestContext, creatorName = 'Maya Okafor') {
  const creator = await createCreator(ctx.db, ctx.shop, { name: creatorName })
  const agreementId = randomUUID()
  const terms = makeTerms({ startsOn: '2026-05-04', net: { deductPaymentFeeBps: 300 } })
  await draftAgreement(ctx, { formId: agreementId, creatorId: creator.id, title: 'Spring', terms })
  const drafted = await readAgreement(ctx, agreementId)
  await offerAgreement(ctx, { agreementId, termsHash: drafted?.versions[0]?.termsHash ?? '' })
  const view = await readAgreement(ctx, agreementId)
  return { agreementId, url: view?.invitationUrl ?? '', token: view?.invitationUrl?.split('/').at(-1) ?? '' }
}

async function answer(
  ctx: PartnerTestContext,
  offer: { url: string; token: string },
  fields: Record<string, string>,
) {
  const page = await (await showInvitation(ctx, offer.token)).text()
  const termsHash = /name="termsHash" value="([^"]*)"/.exec(page)?.[1] ?? ''
  const body = new URLSearchParams({ termsHash, ...fields })
  return answerInvitation(ctx, offer.token, new Request(offer.url, { method: 'POST', body }))
}

test('the page shows terms and a sample sale, and leaves nothing behind', async () => {
  await using ctx = await createPartnerContext()
  const { token } = await offered(ctx)
  const response = await showInvitation(ctx, token)
  const html = await response.text()
  expect(response.status).toBe(200)
  expect(html).toContain('You get 10% of the net value of every sale that you bring.')
  // 200.00 less 10 %, less 3 % payment costs, of which 10 %.
  expect(html).toContain('$17.46')
  expect(html).not.toContain('New: ')
  expect(html).not.toContain('<script')
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex, nofollow',
  })
  expect(response.headers.get('set-cookie')).toBeNull()
})

test('names that look like markup are shown as text', async () => {
  await using ctx = await createPartnerContext()
  const { token } = await offered(ctx, '<img src=x onerror=alert(1)>"\'</title>')
  const html = await (await showInvitation(ctx, token)).text()
  expect(html).not.toContain('<img')
  expect(html).toContain('&lt;img src=x onerror=alert(1)&gt;')
})

test('an answer that lacks its signature comes back with what was typed, escaped', async () => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  const response = await answer(ctx, offer, { decision: 'accept', name: '"><script>x</script>' })
  const html = await response.text()
  expect(response.status).toBe(422)
  expect(html).toContain('Tick the box')
  expect(html).not.toContain('<script')
})

test('accepting leads to a page that says so and offers no second answer', async () => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  const response = await answer(ctx, offer, { decision: 'accept', name: 'Maya Okafor', confirmed: 'yes' })
  expect([response.status, response.headers.get('location')]).toEqual([303, `/c/agreements/${offer.token}`])
  const html = await (await showInvitation(ctx, offer.token)).text()
  expect(html).toContain('You accepted this agreement')
  expect(html).not.toContain('<form')
})

test('a withdrawn, an expired and a declined offer each say what happened', async () => {
  await using ctx = await createPartnerContext()
  const [withdrawn, expired, declined] = [await offered(ctx), await offered(ctx), await offered(ctx)]
  await withdrawOffer(ctx, { agreementId: withdrawn.agreementId })
  await answer(ctx, declined, { decision: 'decline' })
  ctx.clock.advance(14 * 86_400_000)
  const text = async (token: string) => (await showInvitation(ctx, token)).text()
  expect(await text(withdrawn.token)).toContain('This invitation was withdrawn')
  expect(await text(expired.token)).toContain('This invitation has expired')
  expect(await text(declined.token)).toContain('You declined this agreement')
})

test.each(['', 'x', 'a.b', `${'a'.repeat(40)}.${'b'.repeat(43)}`])(
  'a dead link (%s) says nothing about any shop',
  async (token) => {
    await using ctx = await createPartnerContext()
    await offered(ctx)
    const response = await showInvitation(ctx, token)
    expect(response.status).toBe(404)
    expect(await response.text()).not.toContain(ctx.shop.name)
  },
)

test('posting nonsense changes nothing', async () => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  expect((await answer(ctx, offer, { decision: 'sell' })).status).toBe(200)
  expect(
    (await answer(ctx, offer, { decision: 'accept', name: 'M', confirmed: 'yes', termsHash: 'old' })).status,
  ).toBe(303)
  expect(await (await showInvitation(ctx, offer.token)).text()).toContain('<form')
})

test.each([
  ['JSON', '{"decision":"accept"}', 'application/json'],
  ['a form that breaks off', '--x\r\nContent-Disposition: form-data', 'multipart/form-data; boundary=x'],
  ['a form without its boundary', 'decision=accept', 'multipart/form-data'],
])('%s instead of a form shows the page again', async (_, body, type) => {
  await using ctx = await createPartnerContext()
  const offer = await offered(ctx)
  const request = new Request(offer.url, { method: 'POST', body, headers: { 'content-type': type } })
  const response = await answerInvitation(ctx, offer.token, request)
  expect(response.status).toBe(400)
  expect(await response.text()).toContain('<form')
})
