import { expect, test } from 'vitest'
import { recordCreatorEvent } from '#app/adapters/db/creator-event-store.ts'
import { statementUrl } from '#app/features/statements/creator-statement-view.server.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext } from '#tests/factories/partner-context.ts'
import { showStatement } from './statement-page.server.tsx'

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
