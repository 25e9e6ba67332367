// Drops for tests: a plan that is in order, to be bent.
import type { Act, ActKind, Wave } from './drop.ts'
import type { DropStanding } from './drop-state.ts'

export const OPENS_AT = '2026-12-10T17:00:00.000Z'
const MINUTE = 60_000

/** Minutes from the opening. */
export function at(minutes: number): string {
  return new Date(Date.parse(OPENS_AT) + minutes * MINUTE).toISOString()
}

export function act(kind: ActKind, minutes: number, given: Partial<Act> = {}): Act {
  return { id: `act-${kind}-${minutes}`, kind, at: at(minutes), status: 'planned', ...given }
}

export function wave(actId: string, units: number, given: Partial<Wave> = {}): Wave {
  const of = { variantId: '11', inventoryItemId: '111', locationId: '1' }
  return { id: `wave-${actId}`, actId, ...of, units, state: 'planned', ...given }
}

/** Twenty minutes with early access and two restocks, six minutes apart. */
export function makeDrop(given: Partial<DropStanding> = {}): DropStanding {
  const acts = [
    act('teaser', -120),
    act('early_access', -10),
    act('open', 0),
    act('wave', 6),
    act('wave', 12),
    act('close', 20),
    act('after', 60),
  ]
  return {
    id: '0199a000-0000-7000-8000-000000000001',
    handle: 'rose-signet',
    title: 'Rose signet',
    status: 'draft',
    timeZone: 'Europe/Berlin',
    acts,
    offers: [
      { productId: '1', variantId: '11', inventoryItemId: '111', role: 'hero', title: 'Rose signet' },
      { productId: '2', variantId: '21', inventoryItemId: '211', role: 'offer', title: 'Thorn ring' },
    ],
    waves: [wave('act-wave-6', 12), wave('act-wave-12', 8)],
    creatorId: null,
    agreementId: null,
    limitPerCustomer: 1,
    earlyAccess: { tags: ['vip'], tiers: [], pastBuyers: false, passes: true },
    price: { kind: 'percent', bps: 1000 },
    scarcity: { version: 1, lowAt: 5, lastAt: 2 },
    arrival: { fromDays: 3, toDays: 7, basis: 'in_stock' },
    revision: 1,
    held: null,
    ...given,
  }
}
