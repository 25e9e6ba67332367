// Every kind of job with its payload and its queue's manners. Payloads carry ids only: what they mean is read when the job runs.
export interface JobPayloads {
  /** Works off the shop's webhook receipts in groups, one writer a shop. */
  'drain-receipts': { shopId: number }
  /** Walks orders updated since the cursor and posts what webhooks lost. */
  'reconcile-orders': { shopId: number }
  /** Fetches the shop's products and collections anew. */
  'refresh-catalogue': { shopId: number }
  /** Releases royalties whose return window has ended. */
  'mature-holds': { shopId: number }
  /** Closes accounting periods that have ended and issues their statements. */
  'close-periods': { shopId: number }
  /** Questions whose answer is overdue, and self-billed statements whose days of objection have passed. */
  'statement-timers': { shopId: number }
  /** Renders and sends one mail that a row of mail_delivery asks for. */
  'send-mail': { shopId: number; deliveryId: string }
  /** Makes or ends a creator's discount code in Shopify. */
  'sync-creator-code': { shopId: number; codeId: string }
  /** Goes on with a piece of long work (re-rating, simulation) until it is done or somebody stops it. */
  'run-task': { shopId: number; taskId: string }
  /** Takes up long work whose job is gone without a word. */
  'resume-tasks': { shopId: number }
  /** Releases tier extras and bonuses whose time has come, and makes up guarantees whose window has ended. */
  'settle-awards': { shopId: number }
  /** Asks Shopify for the stock of drops that are near, writes what may be claimed of them, and checks ends that were claimed. */
  'watch-drops': { shopId: number }
  /** Holds released units for those who asked to hear of them, and passes on what was not bought. */
  'offer-restocks': { shopId: number }
  /** Tells one person of the piece that is held for them. */
  'send-restock-notice': { shopId: number; noticeId: string }
  /** Tells the checkout what the customer of an order has bought of limited drops. */
  'count-bought': { shopId: number; orderId: string }
  /** Sends one guest their pass to a drop. */
  'send-pass': { shopId: number; passId: string }
  /** Compares balances with their postings and walks the chain. */
  'verify-ledger': { shopId: number }
}

export type JobName = keyof JobPayloads

interface QueueManners {
  /** At most one job of this key waits at a time; more requests join it. */
  keyOf(payload: never): string
  retryLimit: number
  retryDelaySeconds: number
  expireInSeconds: number
  /** How many a process runs at once; one when not said. */
  concurrency?: number
}

const byShop = (payload: { shopId: number }): string => String(payload.shopId)

export const jobQueues: { [Name in JobName]: QueueManners & { keyOf(payload: JobPayloads[Name]): string } } =
  {
    'drain-receipts': { keyOf: byShop, retryLimit: 20, retryDelaySeconds: 2, expireInSeconds: 900 },
    'reconcile-orders': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 30, expireInSeconds: 3600 },
    'refresh-catalogue': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 10, expireInSeconds: 900 },
    'mature-holds': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 10, expireInSeconds: 900 },
    'close-periods': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 10, expireInSeconds: 3600 },
    'statement-timers': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 30, expireInSeconds: 300 },
    'send-mail': {
      concurrency: 3,
      keyOf: (payload) => payload.deliveryId,
      // More than the delivery log allows, so that the log decides when to give up and the merchant is told.
      retryLimit: 12,
      retryDelaySeconds: 15,
      expireInSeconds: 120,
    },
    'sync-creator-code': {
      keyOf: (payload) => payload.codeId,
      retryLimit: 8,
      retryDelaySeconds: 10,
      expireInSeconds: 120,
    },
    'run-task': {
      keyOf: (payload) => payload.taskId,
      retryLimit: 5,
      // Only a worker that died leaves one to be tried again.
      retryDelaySeconds: 1,
      expireInSeconds: 3600,
    },
    'resume-tasks': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 10, expireInSeconds: 120 },
    'settle-awards': { keyOf: byShop, retryLimit: 5, retryDelaySeconds: 10, expireInSeconds: 900 },
    // The next look is never far: a failed one is not worth repeating for long.
    'watch-drops': { keyOf: byShop, retryLimit: 3, retryDelaySeconds: 2, expireInSeconds: 120 },
    'offer-restocks': { keyOf: byShop, retryLimit: 10, retryDelaySeconds: 5, expireInSeconds: 300 },
    'send-restock-notice': {
      concurrency: 3,
      keyOf: (payload) => payload.noticeId,
      // No longer than the piece is held.
      retryLimit: 40,
      retryDelaySeconds: 15,
      expireInSeconds: 120,
    },
    'count-bought': {
      concurrency: 3,
      keyOf: ({ shopId, orderId }) => `${shopId}/${orderId}`,
      retryLimit: 10,
      retryDelaySeconds: 2,
      expireInSeconds: 120,
    },
    'send-pass': {
      concurrency: 3,
      keyOf: (payload) => payload.passId,
      // More than the pass's own count, which decides when to give up and tell the merchant.
      retryLimit: 12,
      retryDelaySeconds: 15,
      expireInSeconds: 120,
    },
    'verify-ledger': { keyOf: byShop, retryLimit: 2, retryDelaySeconds: 60, expireInSeconds: 3600 },
  }

export const jobNames = Object.keys(jobQueues) as JobName[]
