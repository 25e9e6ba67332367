import type { IsoInstant } from '../time/instant.ts'

/** What Shopify said of the stock of one item at one place. */
export interface StockObservation {
  inventoryItemId: string
  locationId: string
  observedAt: IsoInstant
  available: number
}

export interface Restock {
  inventoryItemId: string
  locationId: string
  at: IsoInstant
  from: number
  to: number
}

/**
 * Units that counts of stock prove to have come in from `startsAt` on and before `endsAt`: every rise from one count to the next, at each
 * place for itself. Falls are sales and do not undo a rise; the first count of an item is where counting starts. The order in which the
 * counts are given does not matter.
 */
export function restockedUnits(
  observations: readonly StockObservation[],
  span: { startsAt: IsoInstant; endsAt: IsoInstant },
): { units: number; restocks: Restock[] } {
  const ordered = [...observations].sort(byTime)
  const standing = new Map<string, number>()
  const restocks: Restock[] = []
  for (const { inventoryItemId, locationId, observedAt, available } of ordered) {
    const place = `${inventoryItemId} ${locationId}`
    const before = standing.get(place)
    standing.set(place, available)
    if (before === undefined || available <= before) continue
    if (observedAt < span.startsAt || observedAt >= span.endsAt) continue
    restocks.push({ inventoryItemId, locationId, at: observedAt, from: before, to: available })
  }
  return { units: restocks.reduce((sum, { from, to }) => sum + to - from, 0), restocks }
}

function byTime(left: StockObservation, right: StockObservation): number {
  if (left.observedAt !== right.observedAt) return left.observedAt < right.observedAt ? -1 : 1
  const [first, second] = [left, right].map(
    ({ inventoryItemId, locationId }) => `${inventoryItemId} ${locationId}`,
  )
  return (first ?? '') < (second ?? '') ? -1 : 1
}
