// Which of two messages about one count of stock is the newer one. Webhooks come twice, late, in any order or not at all; Shopify tells the
// second in which a count was taken, and when the event happened more exactly.
import type { IsoInstant } from '../time/instant.ts'

export interface StockNews {
  available: number
  /** Shopify's time of the count, to the second. */
  observedAt: IsoInstant
  /** Shopify's time of the event, where it was told. */
  triggeredAt: IsoInstant | null
}

export type NewsVerdict =
  | 'newer'
  /** Says what is known: a second delivery, perhaps. */
  | 'same'
  | 'older'
  /** Two counts of one moment: only Shopify can say which one holds. */
  | 'unclear'

/** `told` beside what is known; null: nothing is. */
export function compareNews(told: StockNews, known: StockNews | null): NewsVerdict {
  if (!known) return 'newer'
  const counted = Date.parse(told.observedAt) - Date.parse(known.observedAt)
  if (counted !== 0) return counted > 0 ? 'newer' : 'older'
  const happened =
    told.triggeredAt === null || known.triggeredAt === null
      ? 0
      : Date.parse(told.triggeredAt) - Date.parse(known.triggeredAt)
  if (happened !== 0) return happened > 0 ? 'newer' : 'older'
  return told.available === known.available ? 'same' : 'unclear'
}

/** Up to when a webhook's count is known to hold: when it happened, not when it came. */
export function confirmedBy(news: StockNews, receivedAt: IsoInstant): IsoInstant {
  const happened = news.triggeredAt ?? news.observedAt
  return Date.parse(happened) < Date.parse(receivedAt) ? happened : receivedAt
}
