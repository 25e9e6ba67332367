import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { payoutDetailsUrl } from '#app/features/payouts/payout-details-link.server.ts'
import { createCreator } from '#tests/factories/creator.ts'
import { createEuroShop, METHOD_KEYS } from '#tests/factories/payouts.ts'
import { answerPayoutDetails, showPayoutDetails } from './payout-details-page.server.tsx'

const post = (fields: Record<string, string>) =>
  new Request('https://filigree.example/c/payout-details/x', {
    method: 'POST',
    body: new URLSearchParams(fields),
  })

test('a creator enters details by the link alone: refused with words, then saved, then the link is used up', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const maya = await createCreator(ctx.db, ctx.shop, { name: 'Maya <b>' })
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.creator.update({ where: { id: maya.id }, data: { locale: 'fr' } }),
  )
  const { url } = await ctx.db.inShop(ctx.shop.id, (tx) => payoutDetailsUrl(tx, ctx, ctx.shop.id, maya.id))
  const token = url.split('/').at(-1) ?? ''
  const page = await showPayoutDetails(ctx, token, { kind: null })
  const html = await page.text()
  expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'no-store'])
  expect(html).toContain('Maya &lt;b&gt;')
  expect(html).toContain('Où pouvons-nous vous payer')
  expect(html).not.toContain('<script')
  const formId = /name="formId" value="([^"]+)"/.exec(html)?.[1] ?? ''

  const wrong = await answerPayoutDetails(
    ctx,
    METHOD_KEYS,
    token,
    post({ formId, kind: 'sepa', holder: 'Maya', iban: 'DE00 1234' }),
  )
  const said = await wrong.text()
  expect(wrong.status).toBe(422)
  expect(said).toContain('value="DE00 1234"')
  expect(said).toContain('cet IBAN n’est pas correct')

  const fields = { formId, kind: 'sepa', holder: 'Maya', iban: 'DE89 3704 0044 0532 0130 00' }
  const saved = await answerPayoutDetails(ctx, METHOD_KEYS, token, post(fields))
  expect(saved.status).toBe(200)
  expect(await saved.text()).toContain('Enregistré')
  const method = await ctx.db.inShop(ctx.shop.id, (tx) => tx.payoutMethod.findFirstOrThrow())
  expect(method).toMatchObject({ addedBy: `creator/${maya.id}`, ending: '3000', holdUntil: null })

  const again = await answerPayoutDetails(
    ctx,
    METHOD_KEYS,
    token,
    post({ ...fields, iban: 'FR1420041010050500013M02606' }),
  )
  expect(again.status).toBe(410)
  expect(await again.text()).not.toContain('Maya')
  expect(await ctx.db.inShop(ctx.shop.id, (tx) => tx.payoutMethod.count())).toBe(1)
})

test('a link that opens nothing says nothing', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  const forged = await showPayoutDetails(ctx, `${'a'.repeat(40)}.${'b'.repeat(43)}`, { kind: null })
  expect(forged.status).toBe(404)
})

test('a link is good for one change also when two forms of it come at once', async () => {
  const { base, ctx } = await createEuroShop()
  await using _ = base
  for (const handle of ['AAA', 'BBB', 'CCC']) {
    const maya = await createCreator(ctx.db, ctx.shop, { handle })
    const { url } = await ctx.db.inShop(ctx.shop.id, (tx) => payoutDetailsUrl(tx, ctx, ctx.shop.id, maya.id))
    const token = url.split('/').at(-1) ?? ''
    const answers = await Promise.all(
      ['a', 'b'].map((name) =>
        answerPayoutDetails(
          ctx,
          METHOD_KEYS,
          token,
          post({ formId: randomUUID(), kind: 'paypal', email: `${name}@pay.example` }),
        ),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
    const methods = await ctx.db.inShop(ctx.shop.id, (tx) =>
      tx.payoutMethod.count({ where: { creatorId: maya.id } }),
    )
    expect(methods).toBe(1)
  }
})
