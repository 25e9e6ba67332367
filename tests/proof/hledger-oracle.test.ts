// Another program that knows double entry reads the end of a trade with everything in it (doubled, shuffled, dropped, late, disputed, returned abroad),
// accepts it, and finds the same balances.
import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { hledgerIsInstalled, judgedByHledger } from './hledger-judge.ts'
import { acceptVersions, openProofShop, planPartners } from './proof-shop.ts'
import { DAY, TRADE_BEGINS, type TradePlan } from './trade.ts'
import { openTradeBooks, tellDayByDay } from './trade-books.ts'

test.skipIf(!hledgerIsInstalled())(
  'hledger accepts the books of a whole trade and reaches their balances (needs hledger: apt-get install hledger)',
  async () => {
    await using database = await createTestDatabase()
    const { db } = database
    const plan: TradePlan = { seed: 23, orders: 150, partners: 8, products: 8 }
    const shop = await openProofShop(db, 'oracle.myshopify.com')
    await acceptVersions(db, shop, planPartners(plan.partners, plan.products, TRADE_BEGINS - 30 * DAY))
    const books = await openTradeBooks(database, shop, { plan, group: 60 })
    await tellDayByDay(books, plan)
    await books.settle()
    await books.end()

    expect(await judgedByHledger(db, shop)).toBeGreaterThan(10)
  },
  180_000,
)
