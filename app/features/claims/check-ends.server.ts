// Looks, a minute, a day and a week after a drop's close, whether what was said to end has ended; tells the merchant when it has not, and when
// the same is offered again.
import { raiseAlert } from '../../adapters/db/alert-store.ts'
import type { ShopTransaction } from '../../adapters/db/database.ts'
import { newRowId } from '../../adapters/db/row-id.ts'
import type { AdminApi, AdminRefusal } from '../../adapters/shopify/admin-api.ts'
import { findValidation } from '../../adapters/shopify/checkout-validation.ts'
import { fetchOfferEnd } from '../../adapters/shopify/fetch-offer-end.ts'
import {
  GATE_FUNCTION,
  givesPrice,
  PRICE_TITLE,
  type StandingGate,
  sellsAtCheckout,
} from '../../domain/drops/checkout-rules.ts'
import {
  CHECKS,
  type CheckName,
  checkDueAt,
  type EndObservation,
  judgeEnd,
  type OfferOfDrop,
  similarOffersAfter,
} from '../../domain/drops/claim-check.ts'
import { localOf } from '../../domain/drops/timeline.ts'
import type { ShopContext } from '../context.ts'

const DAY_MS = 86_400_000
/** What could not be found out is looked at again, so often. */
const ATTEMPTS = 5
/** A shop that was away comes back: what is due for longer is still looked at, once. */
const LOOKED_BACK_MS = 60 * DAY_MS

export type CheckEndsOutcome = { ok: true; checked: number } | AdminRefusal

export async function checkEnds(context: ShopContext): Promise<CheckEndsOutcome> {
  const { db, shop, clock } = context
  const now = clock.now()
  const due = await db.inShop(shop.id, (tx) => readDueChecks(tx, shop.id, now))
  for (const check of due) {
    const seen = await observe(context, check.drop)
    if (!seen.ok) return seen
    await db.inShop(shop.id, (tx) => record(tx, context, check, seen.observations))
  }
  return { ok: true, checked: due.length }
}

interface CheckedDrop extends OfferOfDrop {
  title: string
  handle: string
  isPriced: boolean
  offers: Array<{ variantId: bigint; productId: bigint }>
}

interface DueCheck {
  drop: CheckedDrop
  name: CheckName
  attempt: number
  dueAt: Date
}

async function readDueChecks(tx: ShopTransaction, shopId: number, now: Date): Promise<DueCheck[]> {
  const drops = await readDrops(tx, shopId, new Date(now.getTime() - LOOKED_BACK_MS))
  // An aborted drop claims no end any more: what it said was taken back, which is in the log.
  const closed = drops.filter(
    ({ closesAt, status }) => status !== 'aborted' && Date.parse(closesAt) <= now.getTime(),
  )
  const done = await tx.claimCheck.findMany({
    where: { shopId, dropId: { in: closed.map((drop) => drop.dropId) } },
    select: { dropId: true, name: true, attempt: true, verdict: true },
  })
  return closed.flatMap((drop) =>
    CHECKS.flatMap((name): DueCheck[] => {
      const dueAt = new Date(checkDueAt(name, drop.closesAt))
      const before = done.filter((check) => check.dropId === drop.dropId && check.name === name)
      const isSettled = before.some((check) => check.verdict !== 'unknown') || before.length >= ATTEMPTS
      return isSettled || dueAt > now ? [] : [{ drop, name, attempt: before.length + 1, dueAt }]
    }),
  )
}

async function readDrops(
  tx: ShopTransaction,
  shopId: number,
  since: Date,
): Promise<Array<CheckedDrop & { status: string }>> {
  const rows = await tx.drop.findMany({
    where: { shopId, status: { not: 'draft' }, acts: { some: { kind: 'close', at: { gt: since } } } },
    include: { acts: true, offers: { orderBy: { position: 'asc' } } },
  })
  return rows.flatMap((row) => {
    const at = (kind: string) => row.acts.find((act) => act.kind === kind)?.at.toISOString()
    const opensAt = at('open')
    const closesAt = at('close')
    if (!opensAt || !closesAt) return []
    const price = row.price as { kind: string; bps?: number } | null
    return [
      {
        dropId: row.id,
        status: row.status,
        title: row.title,
        handle: row.handle,
        isPriced: price !== null,
        priceBps: price?.kind === 'percent' ? (price.bps ?? null) : null,
        creatorId: row.creatorId,
        opensAt,
        closesAt,
        productIds: row.offers.map((offer) => String(offer.productId)),
        offers: row.offers.map(({ variantId, productId }) => ({ variantId, productId })),
      },
    ]
  })
}

async function observe({ shop, shopify, clock }: ShopContext, drop: CheckedDrop) {
  const productIds = [...new Set(drop.offers.map((offer) => offer.productId))]
  const fetched = await fetchOfferEnd(shopify, productIds, drop.isPriced ? PRICE_TITLE : null)
  if (!fetched.ok) return fetched
  const gate = await readGate(shopify, fetched.listed)
  if (!gate.ok) return gate
  // One discount serves all drops: that it is in force says nothing of this one.
  const local = localOf(clock.now().toISOString(), shop.timeZone)
  const isReduced = fetched.discount !== null && givesPrice(fetched.discount, drop.handle, local)
  const observations = drop.offers.map(
    ({ variantId, productId }): EndObservation => ({
      variantId: String(variantId),
      isPriceReduced: drop.isPriced ? isReduced : null,
      isListed: fetched.listed.get(productId) ?? null,
      // By the rules that stand at Shopify, as its function compares them.
      isCheckoutOpen: gate.gate === 'unread' ? null : sellsAtCheckout(gate.gate, String(productId), local),
    }),
  )
  return { ok: true as const, observations }
}

type ReadGate = { ok: true; gate: StandingGate | null | 'unread' } | AdminRefusal

/** What is not listed cannot be bought: then nothing is asked. */
async function readGate(shopify: AdminApi, listed: ReadonlyMap<bigint, boolean>): Promise<ReadGate> {
  if (![...listed.values()].includes(true)) return { ok: true, gate: 'unread' }
  const found = await findValidation(shopify, GATE_FUNCTION)
  // An installation that has not agreed to the newer scopes yet.
  if (!found.ok) return found.reason === 'access_denied' ? { ok: true, gate: 'unread' } : found
  if (!found.validation) return { ok: true, gate: null }
  const { enabled, rules, windows } = found.validation
  return { ok: true, gate: { enabled, rules: readJson(rules), windows: readJson(windows) } }
}

/** Null: nothing that can be read. */
function readJson(text: string | null): unknown {
  try {
    return JSON.parse(text ?? 'null')
  } catch {
    return null
  }
}

async function record(
  tx: ShopTransaction,
  { shop, clock, log }: ShopContext,
  { drop, name, attempt, dueAt }: DueCheck,
  observations: EndObservation[],
): Promise<void> {
  const now = clock.now()
  const judged = judgeEnd(drop, observations)
  const others = await readDrops(tx, shop.id, new Date(drop.closesAt))
  const similar = similarOffersAfter(drop, others)
  await tx.claimCheck.create({
    data: {
      id: newRowId(),
      shopId: shop.id,
      dropId: drop.dropId,
      name,
      attempt,
      dueAt,
      checkedAt: now,
      verdict: judged.verdict,
      observations: observations as never,
      similar: similar as never,
    },
  })
  if (judged.verdict === 'unknown')
    log.warn({ shopId: shop.id, dropId: drop.dropId, name }, 'an end could not be proven')
  if (judged.verdict !== 'continues' && similar.length === 0) return
  await raiseAlert(tx, {
    shopId: shop.id,
    key: `claim_untrue/${drop.dropId}`,
    kind: 'claim_untrue',
    severity: 'warning',
    facts: {
      dropId: drop.dropId,
      title: drop.title,
      check: name,
      verdict: judged.verdict,
      similar: similar.length,
    },
    raisedAt: now,
  })
}
