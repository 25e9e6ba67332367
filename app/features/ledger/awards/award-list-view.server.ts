// Awards of a creator or an agreement, each with its reasons, for the screens.
import type { ShopTransaction } from '../../../adapters/db/database.ts'
import type { Award } from '../../../adapters/db/generated/client.ts'
import { isRowId } from '../../../adapters/db/row-id.ts'
import type { EvidenceStep } from '../../../domain/awards/award.ts'
import { explainAward, nameAward } from '../../../domain/awards/explain-award.ts'
import type { Sentence } from '../../../domain/sentence.ts'
import type { ShopContext } from '../../context.ts'
import { toAwardRow } from './award-rows.server.ts'

const SHOWN = 100

export interface AwardItem {
  id: string
  kind: 'tier' | 'retention' | 'guarantee'
  name: Sentence
  why: Sentence
  agreement: { id: string; title: string }
  creatorName: string
  amountMinor: string
  currency: string
  maturesAt: string
  releasedAt: string | null
  /** What the amount was reached by; `metric` says whether pieces or money are counted. */
  steps: EvidenceStep[]
  metric: string
}

export interface AwardListView {
  /** Newest first. */
  awards: AwardItem[]
  /** Older ones that are not among them. */
  leftOut: number
  timeZone: string
}

/** Awards that stand at zero are left out: nothing came of them, or all of it was returned. */
export async function readAwardList(
  ctx: Pick<ShopContext, 'db' | 'shop'>,
  of: { creatorId: string } | { agreementId: string },
  locale: string,
): Promise<AwardListView> {
  const { db, shop } = ctx
  const none = { awards: [], leftOut: 0, timeZone: shop.timeZone }
  if (!isRowId(Object.values(of)[0])) return none
  return db.inShop(shop.id, async (tx) => {
    const where = { shopId: shop.id, ...of, targetMinor: { not: 0n } }
    const rows = await tx.award.findMany({
      where,
      orderBy: [{ maturesAt: 'desc' }, { key: 'desc' }],
      take: SHOWN,
    })
    const total = rows.length < SHOWN ? rows.length : await tx.award.count({ where })
    const names = await namesOf(tx, rows)
    return { ...none, awards: rows.map((row) => itemOf(row, names, locale)), leftOut: total - rows.length }
  })
}

interface Names {
  agreements: Map<string, string>
  creators: Map<string, string>
}

async function namesOf(tx: ShopTransaction, rows: readonly Award[]): Promise<Names> {
  const agreements = await tx.agreement.findMany({
    where: { id: { in: rows.map((row) => row.agreementId) } },
    select: { id: true, title: true },
  })
  const creators = await tx.creator.findMany({
    where: { id: { in: rows.map((row) => row.creatorId) } },
    select: { id: true, name: true },
  })
  return {
    agreements: new Map(agreements.map(({ id, title }) => [id, title])),
    creators: new Map(creators.map(({ id, name }) => [id, name])),
  }
}

function itemOf(stored: Award, names: Names, locale: string): AwardItem {
  const row = toAwardRow(stored)
  return {
    id: row.id,
    kind: row.kind,
    name: nameAward(row.evidence, locale),
    why: explainAward(row.evidence, row.targetMinor, locale),
    agreement: { id: row.agreementId, title: names.agreements.get(row.agreementId) ?? '' },
    creatorName: names.creators.get(row.creatorId) ?? '',
    amountMinor: row.targetMinor.toString(),
    currency: row.currency,
    maturesAt: row.maturesAt,
    releasedAt: row.releasedAt,
    steps: row.evidence.steps,
    metric: row.evidence.metric,
  }
}
