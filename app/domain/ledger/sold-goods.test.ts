import { expect, test } from 'vitest'
import { journalForSale } from './post-sale.ts'
import type { SaleFact } from './sale-fact.ts'
import { type RatedSale, rateSales } from './sale-rate.ts'
import { soldGoods } from './sold-goods.ts'
import { payee, royaltyLine, sale } from './test-facts.ts'

const rated = (netMinor: bigint, taxMinor = 0n, fxMinor = 0n): RatedSale => ({ netMinor, taxMinor, fxMinor })
const free = { taxMinor: 0n, presentmentMinor: 0n, presentmentTaxMinor: 0n }
const inYen = { presentmentCurrency: 'JPY', presentmentMinor: -1n, presentmentTaxMinor: 0n }

const counted: Array<[what: string, fact: Partial<SaleFact>, rate: RatedSale, units: number]> = [
  ['two pieces sold', { quantity: 2 }, rated(10_000n, 1_900n), 2],
  ['a piece that comes back', { quantity: 1, actionType: 'return' }, rated(-10_000n), -1],
  ['a piece that comes back, counted negative', { quantity: -1, actionType: 'return' }, rated(-10_000n), -1],
  ['a piece that an edit takes off', { quantity: 1, actionType: 'update' }, rated(-10_000n), -1],
  ['a free piece', { ...free, discountMinor: 12_000n }, rated(0n), 0],
  ['a free piece that comes back', { ...free, actionType: 'return', quantity: -1 }, rated(0n), 0],
  [
    'a free piece that is taxed',
    { ...free, taxMinor: 1_900n, presentmentMinor: 1_900n, presentmentTaxMinor: 1_900n },
    rated(0n, 1_900n),
    0,
  ],
  ['an edit that rounds to nothing', { ...free, actionType: 'update', quantity: 3 }, rated(0n), 0],
  [
    'what comes back and rounds to nothing',
    { ...inYen, taxMinor: 0n, actionType: 'update' },
    rated(0n, 0n, -1n),
    -1,
  ],
  ['a sale that rounds to nothing', { ...free, ...inYen, presentmentMinor: 1n }, rated(0n), 0],
  ['a change of the price alone', { quantity: null }, rated(-500n), 0],
]
test.each(counted)('pieces are counted as the money goes: %s', (_what, fact, rate, units) => {
  const { netMinor, taxMinor, fxMinor } = rate
  const told = sale({ taxMinor, ...fact, totalMinor: netMinor + taxMinor + fxMinor })
  const goods = soldGoods(told, rate)
  expect(goods.units).toBe(units)
  const discountMinor = units === 0 && rate.netMinor === 0n ? 0n : told.discountMinor
  expect(goods).toEqual({ units, listMinor: rate.netMinor + discountMinor, discountMinor })
  // Booking counts the same.
  const { draft } = journalForSale(told, royaltyLine([payee('ana', 1000)]), rate)
  const entered = draft?.entries.reduce((sum, entry) => sum + entry.units, 0) ?? 0
  expect(entered).toBe(units)
})

test('pieces that come back one by one in another currency all come back', () => {
  const sold = sale({
    saleId: 1n,
    quantity: 3,
    totalMinor: 1n,
    taxMinor: 0n,
    discountMinor: 0n,
    presentmentCurrency: 'JPY',
    presentmentMinor: 3n,
    presentmentTaxMinor: 0n,
  })
  const back = [2n, 3n, 4n].map((saleId) =>
    sale({
      ...inYen,
      saleId,
      actionType: 'return',
      quantity: -1,
      totalMinor: -1n,
      taxMinor: 0n,
      discountMinor: 0n,
    }),
  )
  const rates = rateSales([sold, ...back])
  const goods = [sold, ...back].map((fact) => soldGoods(fact, rates.get(fact.saleId) ?? rated(7n)))
  expect(goods.map(({ units }) => units)).toEqual([3, -1, -1, -1])
})
