// Another program that knows double entry reads the end of a trade with everything in it (doubled, shuffled, dropped, late, disputed, returned abroad),
// accepts it, and finds the same balances.
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { readJournals } from '#app/adapters/db/ledger-reader.ts'
import { hledgerAccount, hledgerPreamble, hledgerTransaction } from '#app/domain/ledger/to-hledger.ts'
import { toDecimalText } from '#app/domain/money/format-amount.ts'
import { readTrialBalance } from '#app/features/ledger/trial-balance.server.ts'
import { createTestDatabase } from '#tests/harness/test-database.ts'
import { acceptVersions, openProofShop, planPartners } from './proof-shop.ts'
import { DAY, TRADE_BEGINS, type TradePlan } from './trade.ts'
import { openTradeBooks, tellDayByDay } from './trade-books.ts'

const installed = spawnSync('hledger', ['--version'], { encoding: 'utf8' }).status === 0

test.skipIf(!installed)(
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

    const lines: string[] = []
    await db.inShop(shop.id, async (tx) => {
      const accounts = await tx.account.findMany({ where: { shopId: shop.id } })
      lines.push(
        hledgerPreamble(
          accounts.map(({ code }) => code),
          accounts.map(({ currency }) => currency),
        ),
      )
      for await (const journal of readJournals(tx, shop.id))
        lines.push(hledgerTransaction(journal, shop.timeZone))
    })
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'filigree-oracle-'))
    const file = path.join(folder, 'books.journal')
    fs.writeFileSync(file, lines.join('\n'))
    try {
      expect(hledger('-f', file, 'check', '--strict')).toBe('')
      const theirs = hledger('-f', file, 'balance', '--flat', '--no-total', '-O', 'csv')
      const ours = (await readTrialBalance(db, shop.id)).map(
        ({ account, currency, balanceMinor }) =>
          `${hledgerAccount(account)} ${currency} ${toDecimalText(balanceMinor, currency)}`,
      )
      expect(ours.length).toBeGreaterThan(10)
      expect(readBalances(theirs)).toEqual(ours.sort())
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
  180_000,
)

function hledger(...args: string[]): string {
  const run = spawnSync('hledger', args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect([run.status, run.stderr]).toEqual([0, ''])
  return run.stdout
}

/** "account currency balance", sorted. */
function readBalances(csv: string): string[] {
  return csv
    .trim()
    .split('\n')
    .slice(1)
    .flatMap((row) => {
      const [, account = '', text = ''] = /^"([^"]+)","([^"]*)"$/.exec(row) ?? []
      const amount = /-?\d+(\.\d+)?/.exec(text.replaceAll(',', ''))?.[0]
      const currency = /[A-Z]{3}/.exec(text)?.[0]
      return amount === undefined || Number(amount) === 0 ? [] : [`${account} ${currency} ${amount}`]
    })
    .sort()
}
