// Carries out one step of an act at Shopify. What may pass by itself is tried again; what will not is said.
import { assertDropLease, type DropLease } from '../../adapters/db/drop-lease.ts'
import type { StoredDrop } from '../../adapters/db/drop-store.ts'
import { findOnlineStore, readListings, setListing } from '../../adapters/shopify/list-product.ts'
import type { Step } from '../../domain/drops/act-steps.ts'
import type { ShopContext } from '../context.ts'
import { type MoveWaveOutcome, moveWave } from './move-wave.server.ts'
import { isPassing, refusedStep, type StepResult, told } from './step-result.ts'
import { tellCheckout } from './tell-checkout.server.ts'
import { tellStorefront } from './tell-storefront.server.ts'

export async function doStep(
  context: ShopContext,
  drop: StoredDrop,
  step: Step,
  lease: DropLease,
): Promise<StepResult> {
  switch (step.kind) {
    case 'release':
    case 'return':
      return moveUnits(context, drop, step, lease)
    case 'list':
    case 'unlist':
      return changeListings(context, drop, step.productIds, step.kind === 'list')
    case 'verify':
      return verify(context, drop, step)
    case 'tell_checkout':
      return tellCheckout(context)
    case 'tell_storefront':
      return tellStorefront(context, drop)
  }
}

async function moveUnits(
  context: ShopContext,
  drop: StoredDrop,
  step: Extract<Step, { waveId: string }>,
  lease: DropLease,
): Promise<StepResult> {
  const wave = drop.waves.find(({ id }) => id === step.waveId)
  if (!wave) return { outcome: 'failed', evidence: { reason: 'unknown_wave' } }
  const wanted = step.kind === 'release' ? 'released' : 'returned'
  const moved = await moveWave(context, drop, wave, wanted, async (tx, now) => {
    await assertDropLease(tx, lease)
    return step.kind === 'return' || now.status === 'scheduled' || now.status === 'live'
  })
  const facts = { variantId: wave.variantId, locationId: wave.locationId }
  if (moved.ok) {
    const evidence = { ...facts, units: moved.units, group: moved.groupGid }
    return moved.short > 0
      ? { outcome: 'short', evidence: { ...evidence, short: moved.short } }
      : { outcome: 'done', evidence }
  }
  return { outcome: passes(moved) ? 'retry' : 'failed', evidence: { ...facts, ...told(moved) } }
}

function passes({ reason }: Extract<MoveWaveOutcome, { ok: false }>): boolean {
  return reason === 'counts_keep_changing' || isPassing(reason)
}

async function publicationOf(context: ShopContext, drop: StoredDrop) {
  if (drop.publicationGid) return { ok: true as const, publicationGid: drop.publicationGid }
  return findOnlineStore(context.shopify)
}

async function changeListings(
  context: ShopContext,
  drop: StoredDrop,
  productIds: readonly string[],
  listed: boolean,
): Promise<StepResult> {
  const store = await publicationOf(context, drop)
  if (!store.ok) return refusedStep(store)
  const { publicationGid } = store
  const changes = await Promise.all(
    productIds.map((id) => setListing(context.shopify, { productId: BigInt(id), publicationGid, listed })),
  )
  const refused = changes.find((change) => !change.ok)
  if (refused && !refused.ok) return refusedStep(refused)
  return { outcome: 'done', evidence: { products: productIds.length } }
}

async function verify(
  context: ShopContext,
  drop: StoredDrop,
  { listed, unlisted }: Extract<Step, { kind: 'verify' }>,
): Promise<StepResult> {
  if (listed.length + unlisted.length === 0) return { outcome: 'done', evidence: { products: 0 } }
  const store = await publicationOf(context, drop)
  if (!store.ok) return refusedStep(store)
  const read = await readListings(context.shopify, [...listed, ...unlisted].map(BigInt), store.publicationGid)
  if (!read.ok) return refusedStep(read)
  const { listings } = read
  const isListed = (id: string) => listings.get(BigInt(id))?.listed === true
  const inactive = listed.find((id) => listings.get(BigInt(id))?.status !== 'ACTIVE')
  if (inactive !== undefined)
    return { outcome: 'failed', evidence: { reason: 'product_not_active', productId: inactive } }
  const wrong = listed.find((id) => !isListed(id)) ?? unlisted.find(isListed)
  if (wrong !== undefined)
    return { outcome: 'retry', evidence: { reason: 'listing_not_so', productId: wrong } }
  return { outcome: 'done', evidence: { listed: listed.length, unlisted: unlisted.length } }
}
