// Everything that a drop's claims and live state are made of, read at once.
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { ClaimKind, ClaimRow, DropFacts, StandingClaim } from '../../domain/drops/claim-log.ts'
import type { ScarcityRule, VariantStock } from '../../domain/drops/scarcity.ts'
import type { StateFacts } from '../../domain/drops/state-document.ts'
import { sha256Hex } from '../crypto/digest.ts'
import type { ShopTransaction } from './database.ts'

export interface LoadedDrop {
  dropId: string
  handle: string
  facts: DropFacts
  standing: StandingClaim[]
  /** Null for a draft, which the storefront knows nothing of. */
  state: StateFacts | null
  /** Whether the storefront was told of the newest settings. */
  isTold: boolean
  /** Fingerprint of the settings, hex. */
  config: string
}

/** Null when there is no such drop, or it has no opening or no close yet. */
export async function loadDropFacts(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
): Promise<LoadedDrop | null> {
  const drop = await tx.drop.findFirst({
    where: { shopId, id: dropId },
    include: { offers: { orderBy: { position: 'asc' } }, acts: { orderBy: { at: 'asc' } }, waves: true },
  })
  const open = drop?.acts.find((act) => act.kind === 'open')
  const close = drop?.acts.find((act) => act.kind === 'close')
  if (!drop || !open || !close) return null
  const early = drop.acts.find((act) => act.kind === 'early_access')
  const variantIds = drop.offers.map((offer) => offer.variantId)
  const itemIds = drop.offers.map((offer) => offer.inventoryItemId)

  const items = await tx.stockItem.findMany({ where: { shopId, inventoryItemId: { in: itemIds } } })
  const levels = await tx.stockLevel.findMany({
    where: { shopId, inventoryItemId: { in: itemIds } },
    orderBy: { locationId: 'asc' },
  })
  const waves = await tx.wave.findMany({
    where: {
      shopId,
      variantId: { in: variantIds },
      withdrawn: false,
    },
    include: { drop: { select: { status: true } } },
  })
  const acts = await tx.act.findMany({
    where: { shopId, id: { in: waves.map((wave) => wave.actId) } },
    select: { id: true, at: true },
  })
  const moves = await tx.stockMove.findMany({
    where: { shopId, waveId: { in: waves.map((wave) => wave.id) }, status: 'done' },
    orderBy: { finishedAt: 'asc' },
  })
  const standing = await readStandingClaims(tx, shopId, dropId)

  const actAt = new Map(acts.map((act) => [act.id, act.at]))
  const reserveOf = (waveId: string) =>
    moves.find((move) => move.waveId === waveId && move.kind === 'reserve')
  const isReserved = (wave: (typeof waves)[number]) => wave.state === 'reserved'
  const ownUnits = (itemId: bigint, locationId: bigint) =>
    waves
      .filter((wave) => wave.inventoryItemId === itemId && wave.locationId === locationId && isReserved(wave))
      .reduce((units, wave) => units + wave.units, 0)

  const toComing = (wave: (typeof waves)[number]) => {
    const level = levels.find(
      (each) => each.inventoryItemId === wave.inventoryItemId && each.locationId === wave.locationId,
    )
    const reserve = reserveOf(wave.id)
    // Somebody may have moved the units away by hand. A read from before they were put aside says nothing of them.
    const isSeen = level?.readAt != null && reserve?.finishedAt != null && level.readAt > reserve.finishedAt
    const isThere = !isSeen || (level?.reserved ?? 0) >= ownUnits(wave.inventoryItemId, wave.locationId)
    return {
      id: wave.id,
      at: (actAt.get(wave.actId) ?? close.at).toISOString(),
      units: wave.units,
      isBacked: isReserved(wave) && isThere,
      variantId: String(wave.variantId),
      adjustmentId: reserve?.adjustmentGroupGid ?? null,
    }
  }
  const isComing = (wave: (typeof waves)[number]) => wave.state === 'planned' || wave.state === 'reserved'

  const stocks = drop.offers.map((offer): VariantStock => {
    const item = items.find((each) => each.inventoryItemId === offer.inventoryItemId)
    const ofItem = levels.filter((level) => level.inventoryItemId === offer.inventoryItemId)
    const moved = moves.findLast((move) =>
      waves.some((wave) => wave.id === move.waveId && wave.inventoryItemId === offer.inventoryItemId),
    )?.finishedAt
    const oldest = ofItem.reduce<Date | null>(
      (least, level) => (least === null || level.confirmedAt < least ? level.confirmedAt : least),
      null,
    )
    // Units that a wave has moved since are not in the counts: until Shopify tells of them nothing is known.
    const isOvertaken = oldest !== null && moved != null && moved > oldest
    return {
      variantId: String(offer.variantId),
      isCounted: item?.isCounted ?? true,
      sellsBeyondStock: item?.sellsBeyondStock ?? false,
      locations: ofItem.map((level) => ({
        locationId: String(level.locationId),
        available: level.available,
        heldBack:
          level.keptBack + Math.max(0, level.reserved - ownUnits(level.inventoryItemId, level.locationId)),
      })),
      incoming: ofItem.reduce((units, level) => units + level.incoming, 0),
      confirmedAt: isOvertaken || !item ? null : (oldest?.toISOString() ?? null),
    }
  })

  const rule = drop.scarcity as unknown as ScarcityRule
  const ownWaves = waves.filter((wave) => wave.dropId === drop.id)
  const status = drop.status as DropFacts['status']
  return {
    dropId: drop.id,
    handle: drop.handle,
    isTold: drop.toldRevision >= drop.revision,
    config: sha256Hex(
      canonicalJson({
        status,
        revision: drop.revision,
        rule: { version: rule.version, lowAt: rule.lowAt, lastAt: rule.lastAt },
        acts: drop.acts.map(({ kind, at }) => ({ kind, at: at.toISOString() })),
        offers: variantIds.map(String),
        waves: ownWaves.map(({ id, units }) => ({ id, units })),
      }),
    ),
    standing,
    facts: {
      status,
      sellsFrom: (early ?? open).at.toISOString(),
      closesAt: close.at.toISOString(),
      rule: { version: rule.version, lowAt: rule.lowAt, lastAt: rule.lastAt },
      locks: {
        // Preflight let it be scheduled only with the gate in place; the runner takes the pieces away.
        checkout: drop.scheduledAt !== null,
        listing: close.runsAt !== null,
      },
      stocks,
      waves: ownWaves.filter(isComing).map(toComing),
      otherWaves: waves
        .filter((wave) => wave.dropId !== drop.id && isComing(wave) && isPlanned(wave.drop.status))
        .map(toComing),
    },
    state:
      status === 'draft'
        ? null
        : {
            status,
            opensAt: open.at.toISOString(),
            closesAt: close.at.toISOString(),
            offers: stocks.map(({ variantId, confirmedAt, isCounted }) => ({
              variantId,
              confirmedAt,
              isCounted,
            })),
            waves: ownWaves.map((wave) => {
              const { at, isBacked } = toComing(wave)
              return { at, isBacked, isReleased: !isComing(wave) }
            }),
            claims: standing.map(({ claim, kind, variantId, to }) => ({ claim, kind, variantId, to })),
          },
  }
}

function isPlanned(status: string): boolean {
  return status === 'scheduled' || status === 'live' || status === 'held'
}

interface StandingRow {
  seq: bigint
  kind: string
  body: string
}

async function readStandingClaims(
  tx: ShopTransaction,
  shopId: number,
  dropId: string,
): Promise<StandingClaim[]> {
  const rows = await tx.$queryRaw<StandingRow[]>`
    select seq, kind, body from claim
    where shop_id = ${shopId} and drop_id = ${dropId}::uuid and event = 'shown'
      and not exists (select 1 from claim ended where ended.shop_id = claim.shop_id and ended.claim = claim.seq and ended.event = 'ended')
    order by seq`
  return rows.map(({ seq, kind, body }) => {
    const row = JSON.parse(body) as ClaimRow
    return {
      claim: Number(seq),
      kind: kind as ClaimKind,
      variantId: row.variant,
      value: row.value,
      ruleVersion: row.rule?.version ?? null,
      to: row.to,
    }
  })
}
