import { expect, test } from 'vitest'
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { createRateLimit } from '#app/adapters/http/rate-limit.ts'
import { verificationCode } from '#app/domain/statements/verification-code.ts'
import { statementUrl } from '#app/features/statements/creator-statement-view.server.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { answerStatement, showStatement } from './statement-page.server.tsx'
import { showVerification } from './verify-page.server.tsx'

test('a creator’s statement opens by its link alone, is kept by nobody, and runs no script', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const statement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const token = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  const page = await showStatement(ctx, token)
  const html = await page.text()
  expect(page.status).toBe(200)
  expect(page.headers.get('cache-control')).toBe('no-store')
  expect(page.headers.get('referrer-policy')).toBe('no-referrer')
  expect(page.headers.get('x-robots-tag')).toContain('noindex')
  expect(html).toContain('MAYA-0001')
  expect(html).toContain(`/c/statements/${token}/pdf`)
  expect(html).not.toContain('<script')
})

test('a link that opens nothing tells a stranger nothing; an expired one says what to do', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const statement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const token = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  const forged = await showStatement(ctx, `${token.slice(0, -3)}abc`)
  const garbage = await showStatement(ctx, '<script>')
  expect([forged.status, garbage.status]).toEqual([404, 404])
  expect(await forged.text()).toBe(await garbage.text())
  ctx.clock.moveTo('2029-01-01T00:00:00Z')
  const expired = await showStatement(ctx, token)
  expect(expired.status).toBe(410)
  expect(await expired.text()).not.toContain('MAYA-0001')
})

test('a link that was taken back says to ask for a new one, and nothing of the statement', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  const statement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const token = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  await ctx.db.inShop(ctx.shop.id, (tx) =>
    recordCreatorEvent(tx, {
      shopId: ctx.shop.id,
      creatorId: maya.id,
      at: ctx.clock.now(),
      kind: 'creator_edited',
      actor: 'merchant',
      facts: { fields: 'name, email' },
    }),
  )
  const page = await showStatement(ctx, token)
  const html = await page.text()
  expect(page.status).toBe(410)
  expect(html).toContain('ask the shop for a new link')
  expect(html).not.toMatch(/MAYA|Maya/)
})

function posted(fields: Record<string, string>): Request {
  return new Request('https://filigree.example/c/statements/x', {
    method: 'POST',
    body: new URLSearchParams(fields),
  })
}

test('a creator asks on the page, is led back to it, and finds the question there; what is refused keeps what was typed', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const statement = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const token = statementUrl(ctx, statement, 0).split('/').at(-1) ?? ''
  const sent = await answerStatement(
    ctx,
    token,
    posted({ intent: 'ask', line: 'whole', question: 'Where is <order 4>?' }),
  )
  expect([sent.status, sent.headers.get('location')]).toEqual([
    303,
    `/c/statements/${token}?asked=1#questions`,
  ])
  const page = await (await showStatement(ctx, token, { wasSent: true })).text()
  expect(page).toContain('Where is &lt;order 4&gt;?')
  expect(page).toContain('Your question was sent.')
  const refused = await answerStatement(
    ctx,
    token,
    posted({ intent: 'ask', line: 'gone', question: 'Kept as typed' }),
  )
  expect(refused.status).toBe(422)
  const html = await refused.text()
  expect(html).toContain('Choose a line of this statement.')
  expect(html).toContain('Kept as typed')
  expect(html).not.toContain('<script')
  const dead = await answerStatement(
    ctx,
    `${token.slice(0, -3)}abc`,
    posted({ intent: 'ask', line: 'whole', question: 'x' }),
  )
  expect(dead.status).toBe(404)
})

test('anybody may verify a printed statement, at a bounded rate, in their language', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const row = await ctx.db.inShop(ctx.shop.id, (tx) =>
    tx.statement.findFirstOrThrow({ where: { number: 'MAYA-0001' } }),
  )
  const limit = createRateLimit({ most: 2, perSeconds: 60 })
  const query = (code: string) => new URLSearchParams({ shop: ctx.shop.domain, number: 'MAYA-0001', code })
  const ask = (code: string) =>
    showVerification(
      ctx,
      limit,
      new Request(`https://filigree.example/statements/verify?${query(code)}`, {
        headers: { 'accept-language': 'fr-CH,fr;q=0.9', 'x-forwarded-for': '203.0.113.9' },
      }),
    )
  const genuine = await (await ask(verificationCode(row.documentHash))).text()
  expect(genuine).toContain('Authentique')
  expect(genuine).toMatch(/29\.00|29,00/)
  expect(genuine).not.toMatch(/Maya|creators\.example/)
  expect(await (await ask('0000-0000-0000-0000')).text()).toContain('Non authentique')
  const third = await ask('0000-0000-0000-0000')
  expect([third.status, third.headers.get('retry-after')]).toEqual([429, '60'])
  const form = await showVerification(ctx, limit, new Request('https://filigree.example/statements/verify'))
  expect(form.status).toBe(200)
})
