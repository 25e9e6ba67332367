// Whether the checkout keeps the times of drops, and what it was told of each, as the set-up page shows it.
import { listDrops } from '../../adapters/db/drop-store.ts'
import { findValidation } from '../../adapters/shopify/checkout-validation.ts'
import { GATE_FUNCTION } from '../../domain/drops/checkout-rules.ts'
import type { ShopContext } from '../context.ts'

export interface GateView {
  /** `lets_pass`: on, but orders pass when the rule itself fails. `not_granted`: the shop has not agreed to the right. */
  state: 'live' | 'lets_pass' | 'off' | 'missing' | 'not_granted' | 'unreadable'
  /** Drops that sell or will: the revision of each, and the one that storefront and checkout were told last. */
  drops: Array<{ id: string; title: string; revision: number; toldRevision: number }>
}

export async function readGateView(ctx: ShopContext): Promise<GateView> {
  const { db, shop } = ctx
  const drops = await db.inShop(shop.id, (tx) =>
    listDrops(tx, shop.id, { statuses: ['scheduled', 'live', 'held'] }),
  )
  return {
    state: await readState(ctx),
    drops: drops.map(({ id, title, revision, toldRevision }) => ({ id, title, revision, toldRevision })),
  }
}

async function readState({ shopify, log }: ShopContext): Promise<GateView['state']> {
  const found = await findValidation(shopify, GATE_FUNCTION)
  if (!found.ok) {
    if (found.reason === 'access_denied') return 'not_granted'
    log.warn({ refusal: found }, 'the checkout rule could not be read')
    return 'unreadable'
  }
  if (!found.validation) return 'missing'
  if (!found.validation.enabled) return 'off'
  return found.validation.blocksOnFailure ? 'live' : 'lets_pass'
}
