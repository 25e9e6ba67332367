import { expect, test } from 'vitest'
import { verificationCode } from '#app/domain/statements/verification-code.ts'
import { noteFact } from '#tests/factories/facts.ts'
import { createBookedShop } from '#tests/factories/ledger.ts'
import { createPartnerContext, type PartnerTestContext } from '#tests/factories/partner-context.ts'
import { createShop } from '#tests/factories/shop.ts'
import { acceptLapsedStatements, acceptStatement, readAcceptance } from './accept-statement.server.ts'
import { closePeriods } from './close-periods.server.ts'
import { rebuildStatement } from './rebuild-statement.server.ts'
import { verifyStatement } from './verify-statement.server.ts'

async function firstOf(ctx: PartnerTestContext, number = 'MAYA-0001') {
  return ctx.db.inShop(ctx.shop.id, (tx) => tx.statement.findFirstOrThrow({ where: { number } }))
}

test('number and code say that a statement is genuine, and nothing about people', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const row = await firstOf(ctx)
  const asked = {
    shop: ctx.shop.domain,
    number: 'maya-0001',
    code: verificationCode(row.documentHash).toLowerCase(),
  }
  const answer = await verifyStatement(ctx, asked)
  expect(answer).toEqual({
    authentic: true,
    statement: { number: 'MAYA-0001', period: '2026-03', currency: 'USD', closingMinor: '2900' },
  })
  expect(JSON.stringify(answer)).not.toMatch(/Maya Linden|example/)
})

test('whatever is wrong, the answer is the same', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  const other = await createShop(ctx.db)
  const code = verificationCode((await firstOf(ctx)).documentHash)
  const second = verificationCode((await firstOf(ctx, 'MAYA-0002')).documentHash)
  const right = { shop: ctx.shop.domain, number: 'MAYA-0001', code }
  const wrong = [
    { ...right, code: second },
    { ...right, number: 'MAYA-0009' },
    { ...right, shop: other.domain },
    { ...right, shop: 'nobody.myshopify.com' },
    { ...right, shop: "x' or 1=1" },
    { ...right, code: '' },
    { ...right, number: '\u0000' },
  ]
  for (const asked of wrong) expect(await verifyStatement(ctx, asked)).toEqual({ authentic: false })
})

/** Closes May with Maya self-billed. */
async function closeSelfBilled(ctx: PartnerTestContext, acceptedAfterDays: number) {
  const { maya } = await createBookedShop(ctx)
  await noteFact(ctx, 'vat', maya.id, {
    vatNumber: 'FR123',
    treatment: 'reverse_charge',
    selfBillingFrom: '2026-05-01',
    agreedOn: '2026-04-20',
    acceptedAfterDays: String(acceptedAfterDays),
    inForceFrom: '2026-04-20',
  })
  ctx.clock.moveTo('2026-06-01T05:00:00Z')
  await closePeriods(ctx)
  const row = await firstOf(ctx, 'MAYA-0003')
  return { row, link: { shopId: ctx.shop.id, statementId: row.id } }
}

test('a self-billed statement has its own number and counts as accepted when the agreed days have passed', async () => {
  await using ctx = await createPartnerContext()
  const { row, link } = await closeSelfBilled(ctx, 14)
  expect(row.document).toMatchObject({
    selfBilling: { number: 'MAYA-SB-0001', acceptedAfterDays: 14 },
    selfBilledCount: 1,
  })
  expect(await acceptLapsedStatements(ctx)).toEqual({
    accepted: 0,
    nextAt: new Date('2026-06-15T05:00:00.000Z'),
  })
  ctx.clock.moveTo('2026-06-16T00:00:00Z')
  expect(await acceptLapsedStatements(ctx)).toEqual({ accepted: 1, nextAt: null })
  expect(await readAcceptance(ctx, link)).toEqual({ how: 'lapsed', acceptedAt: '2026-06-15T05:00:00.000Z' })
  expect(await acceptLapsedStatements(ctx)).toEqual({ accepted: 0, nextAt: null })
})

test('a month is invoiced by what held on its last day, whatever begins on the day of issue', async () => {
  await using ctx = await createPartnerContext()
  const { maya } = await createBookedShop(ctx)
  await noteFact(ctx, 'vat', maya.id, {
    vatNumber: 'FR123',
    treatment: 'rate',
    rate: '19',
    selfBillingFrom: '2026-05-01',
    selfBillingUntil: '2026-05-31',
    agreedOn: '2026-04-20',
    inForceFrom: '2026-05-01',
  })
  await noteFact(ctx, 'vat', maya.id, {
    vatNumber: 'FR999',
    treatment: 'rate',
    rate: '21',
    selfBillingFrom: '2026-06-01',
    agreedOn: '2026-05-20',
    inForceFrom: '2026-06-01',
  })
  ctx.clock.moveTo('2026-06-01T05:00:00Z')
  await closePeriods(ctx)
  expect((await firstOf(ctx, 'MAYA-0003')).document).toMatchObject({
    payee: { vatNumber: 'FR123' },
    selfBilling: { agreedOn: '2026-04-20', rateBps: 1_900 },
  })
})

const SOLD = {
  legalName: 'Lumen Atelier GmbH',
  country: 'DE',
  address: 'Hof 1\n10115 Berlin',
  vatNumber: 'DE1',
}
const TAKEN_OVER = { ...SOLD, legalName: 'Aurum Holding SARL', country: 'FR', vatNumber: 'FR2' }

/** The business goes to somebody else on the day on which May is closed. */
async function closeMayAfterSale(ctx: PartnerTestContext) {
  await noteFact(ctx, 'payer', null, { ...SOLD, contact: 'old@lumen.example', inForceFrom: '2026-01-01' })
  await noteFact(ctx, 'payer', null, {
    ...TAKEN_OVER,
    contact: 'new@aurum.example',
    inForceFrom: '2026-06-01',
  })
}

test('an invoice names whoever was the payer on the last day that it covers, and who answers questions now', async () => {
  await using ctx = await createPartnerContext()
  await closeMayAfterSale(ctx)
  const { row } = await closeSelfBilled(ctx, 14)
  expect(row.document).toMatchObject({
    payer: { legalName: 'Lumen Atelier GmbH', country: 'DE', vatNumber: 'DE1', email: 'new@aurum.example' },
    contact: 'new@aurum.example',
  })
  const rebuilt = await ctx.db.inShop(ctx.shop.id, (tx) => rebuildStatement(tx, ctx.shop, row.id))
  expect(rebuilt).toMatchObject({ ok: true, matches: true })
})

test('a statement that is no invoice names who pays on the day of issue', async () => {
  await using ctx = await createPartnerContext()
  await createBookedShop(ctx)
  await closeMayAfterSale(ctx)
  ctx.clock.moveTo('2026-06-01T05:00:00Z')
  await closePeriods(ctx)
  expect((await firstOf(ctx, 'MAYA-0003')).document).toMatchObject({
    payer: { legalName: 'Aurum Holding SARL', vatNumber: 'FR2' },
  })
})

test('where nobody was named for the last day, the payer of the day of issue stands in', async () => {
  await using ctx = await createPartnerContext()
  await noteFact(ctx, 'payer', null, { ...TAKEN_OVER, inForceFrom: '2026-06-01' })
  const { row } = await closeSelfBilled(ctx, 14)
  expect(row.document).toMatchObject({ payer: { legalName: 'Aurum Holding SARL', vatNumber: 'FR2' } })
})

test('an explicit acceptance stays the first, and what is not self-billed asks for none', async () => {
  await using ctx = await createPartnerContext()
  const { link } = await closeSelfBilled(ctx, 0)
  expect(await acceptLapsedStatements(ctx)).toEqual({ accepted: 0, nextAt: null })
  const first = await acceptStatement(ctx, link)
  ctx.clock.moveTo('2026-06-20T00:00:00Z')
  expect(await acceptStatement(ctx, link)).toEqual(first)
  const plain = { shopId: ctx.shop.id, statementId: (await firstOf(ctx)).id }
  expect(await acceptStatement(ctx, plain)).toEqual({ ok: false, reason: 'not_self_billed' })
})
