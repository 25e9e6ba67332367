// Single orders as they reach the books in production: whoever tells of one waits, and the shop's one writer takes all that wait into one durable
// transaction. The worker does so with the receipts of webhooks (app/jobs/drain-receipts.ts); here without asking Shopify.
import type { Database } from '#app/adapters/db/database.ts'
import type { Shop } from '#app/adapters/db/generated/client.ts'
import type { FetchedOrder } from '#app/adapters/shopify/fetched-order.ts'
import { bookGroup } from './make-ledger.ts'

export interface GroupCommit {
  /** Returns when the order is in the books, durably. */
  book(order: FetchedOrder): Promise<void>
}

interface Waiting {
  order: FetchedOrder
  done(): void
  failed(error: unknown): void
}

export function openGroupCommit(db: Database, shop: Shop): GroupCommit {
  let waiting: Waiting[] = []
  let isWriting = false
  const write = async () => {
    isWriting = true
    while (waiting.length > 0) {
      const group = waiting
      waiting = []
      await bookGroup(
        db,
        shop,
        group.map(({ order }) => order),
      ).then(
        () => {
          for (const { done } of group) done()
        },
        (error) => {
          for (const { failed } of group) failed(error)
        },
      )
    }
    isWriting = false
  }
  return {
    book: (order) =>
      new Promise((done, failed) => {
        waiting.push({ order, done, failed })
        if (!isWriting) void write()
      }),
  }
}

/** So many senders at once, each with its next order as soon as its last is in the books. Returns what every order took, in ms. */
export async function sendOrders(
  books: GroupCommit,
  senders: number,
  orders: Iterator<FetchedOrder>,
): Promise<{ seconds: number; times: number[] }> {
  const times: number[] = []
  const started = performance.now()
  await Promise.all(
    Array.from({ length: senders }, async () => {
      for (let next = orders.next(); !next.done; next = orders.next()) {
        const from = performance.now()
        await books.book(next.value)
        times.push(performance.now() - from)
      }
    }),
  )
  return { seconds: (performance.now() - started) / 1000, times }
}
