// A worker to be killed: takes the shop's oldest receipts in small groups and books them, as the real one does, each group in one transaction with its
// receipts. Says on standard output how many it has worked off. Runs until it is killed, or until its work is done.
import { text } from 'node:stream/consumers'
import { createDatabase } from '#app/adapters/db/database.ts'
import type { TradePlan } from './trade.ts'
import { openTradeBooks } from './trade-books.ts'

const { databaseUrl, shopId, plan, group } = JSON.parse(process.argv[2] ?? '{}') as {
  databaseUrl: string
  shopId: number
  plan: TradePlan
  group: number
}

// Loaded ahead: it begins when it is told, and until when.
console.log('loaded')
const endWhenDone = (await text(process.stdin)) === 'until done'
const db = createDatabase(databaseUrl, { maxConnections: 4 })
const shop = await db.inShop(shopId, (tx) => tx.shop.findUniqueOrThrow({ where: { id: shopId } }))
const books = await openTradeBooks({ db, url: databaseUrl }, shop, { plan, group })
console.log('ready')
for (let round = 1; ; round++) {
  const receipts = await db.inShop(shopId, (tx) =>
    tx.webhookReceipt.findMany({ where: { shopId, processedAt: null }, orderBy: { id: 'asc' }, take: group }),
  )
  if (receipts.length === 0) {
    if (endWhenDone) break
    await new Promise((resolve) => setTimeout(resolve, 20))
    continue
  }
  const told = receipts.map(({ resourceId, webhookId }) => ({
    order: Number(resourceId) - 1,
    moment: Number(webhookId),
  }))
  await books.tellGroup(told, async (tx) => {
    const ids = receipts.map(({ id }) => id)
    await tx.webhookReceipt.updateMany({ where: { id: { in: ids } }, data: { processedAt: new Date() } })
  })
  console.log(String(receipts.length))
  if (round % 5 === 0) await books.close()
}
await books.end()
await db.close()
