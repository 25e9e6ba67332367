// What files of a run say beyond its own rows, noted in the run's history when it is approved: names and manners as they were then.
import type { ShopTransaction } from '#app/adapters/db/database.ts'
import { readPayer } from '#app/adapters/db/dated-fact-store.ts'
import type { PayerDetails } from '#app/domain/tax/payer-details.ts'

export interface FrozenFacts {
  shopName: string
  /** As the payer's country writes amounts. */
  decimalSign: '.' | ','
  /** Who pays, in law, on the day of the approval; null when nobody had said it. */
  payer: PayerDetails | null
  /** By creator id. */
  names: Record<string, string>
}

export async function gatherFrozen(
  tx: ShopTransaction,
  shopId: number,
  creatorIds: readonly string[],
  now: Date,
): Promise<FrozenFacts> {
  const shop = await tx.shop.findUniqueOrThrow({ where: { id: shopId } })
  const creators = await tx.creator.findMany({
    where: { shopId, id: { in: [...creatorIds] } },
    select: { id: true, name: true },
  })
  const payer = await readPayer(tx, shop, now)
  return {
    shopName: shop.senderName ?? shop.name,
    decimalSign: decimalSignOf(payer?.country ?? null),
    payer,
    names: Object.fromEntries(creators.map(({ id, name }) => [id, name])),
  }
}

/** Null while the run is not approved. */
export async function readFrozen(tx: ShopTransaction, runId: string): Promise<FrozenFacts | null> {
  const events = await tx.payoutEvent.findMany({
    where: { runId, kind: 'run_approved' },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    select: { facts: true },
  })
  for (const { facts } of events) {
    const { frozen } = facts as unknown as { frozen?: FrozenFacts }
    if (frozen) return frozen
  }
  return null
}

function decimalSignOf(country: string | null): '.' | ',' {
  if (country === null) return '.'
  const locale = new Intl.Locale(`und-${country}`).maximize()
  const parts = new Intl.NumberFormat(locale.toString()).formatToParts(1.5)
  return parts.find(({ type }) => type === 'decimal')?.value === ',' ? ',' : '.'
}
