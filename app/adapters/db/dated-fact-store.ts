// Facts that hold from a day on, as rows. What the law knows of payer and creators is asked here, always for a day.
import { type DatedFact, type FactKind, inForceOn } from '#app/domain/tax/dated-fact.ts'
import type { PayerDetails } from '#app/domain/tax/payer-details.ts'
import type { VatFacts } from '#app/domain/tax/vat-facts.ts'
import type { Withholding } from '#app/domain/tax/withholding.ts'
import { type LocalDate, localDateOf } from '#app/domain/time/instant.ts'
import type { ShopTransaction } from './database.ts'
import type { Prisma } from './generated/client.ts'

interface FactsOf {
  payer: PayerDetails
  withholding: Withholding
  vat: VatFacts
}

/** Everything recorded of the shop (`null`) or a creator, the latest day first. */
export async function readFacts<Kind extends FactKind>(
  tx: ShopTransaction,
  shopId: number,
  kind: Kind,
  creatorId: string | null,
): Promise<DatedFact<FactsOf[Kind]>[]> {
  const rows = await tx.datedFact.findMany({
    where: { shopId, kind, creatorId },
    orderBy: [{ inForceFrom: 'desc' }, { number: 'desc' }],
  })
  return rows.map((row) => toFact(row))
}

/** By creator id: who has none has nothing recorded. */
async function readFactsOn<Kind extends 'withholding' | 'vat'>(
  tx: ShopTransaction,
  shopId: number,
  kind: Kind,
  on: LocalDate,
  creatorIds: readonly string[] | undefined,
): Promise<Map<string, FactsOf[Kind]>> {
  const rows = await tx.datedFact.findMany({
    where: { shopId, kind, creatorId: creatorIds ? { in: [...creatorIds] } : { not: null } },
  })
  const byCreator = new Map<string, DatedFact<FactsOf[Kind]>[]>()
  for (const row of rows) {
    const creatorId = row.creatorId ?? ''
    byCreator.set(creatorId, [...(byCreator.get(creatorId) ?? []), toFact(row)])
  }
  return new Map(
    [...byCreator].flatMap(([creatorId, own]) => {
      const standing = inForceOn(own, on)
      return standing ? [[creatorId, standing.facts] as const] : []
    }),
  )
}

export function readWithholdings(
  tx: ShopTransaction,
  shopId: number,
  on: LocalDate,
  creatorIds?: readonly string[],
): Promise<Map<string, Withholding>> {
  return readFactsOn(tx, shopId, 'withholding', on, creatorIds)
}

export function readVatFacts(
  tx: ShopTransaction,
  shopId: number,
  on: LocalDate,
): Promise<Map<string, VatFacts>> {
  return readFactsOn(tx, shopId, 'vat', on, undefined)
}

/** Who pays, in law, on the shop's day of an instant; null until somebody said it. */
export async function readPayer(
  tx: ShopTransaction,
  shop: { id: number; timeZone: string },
  at: Date,
): Promise<PayerDetails | null> {
  const on = localDateOf(at.toISOString(), shop.timeZone)
  return inForceOn(await readFacts(tx, shop.id, 'payer', null), on)?.facts ?? null
}

/** Call with the creator's (the shop's) row locked: each fact takes the next number. */
export async function insertFact(
  tx: ShopTransaction,
  fact: {
    id: string
    shopId: number
    kind: FactKind
    creatorId: string | null
    inForceFrom: LocalDate
    facts: PayerDetails | Withholding | VatFacts
    recordedBy: string
    recordedAt: Date
  },
): Promise<void> {
  const { facts, inForceFrom, ...row } = fact
  const { shopId, kind, creatorId } = row
  const number = (await tx.datedFact.count({ where: { shopId, kind, creatorId } })) + 1
  await tx.datedFact.create({
    data: {
      ...row,
      number,
      inForceFrom: new Date(`${inForceFrom}T00:00:00Z`),
      facts: facts as unknown as Prisma.InputJsonObject,
    },
  })
}

function toFact<Facts>(row: {
  id: string
  number: number
  inForceFrom: Date
  recordedAt: Date
  recordedBy: string
  facts: unknown
}): DatedFact<Facts> {
  return {
    id: row.id,
    number: row.number,
    inForceFrom: row.inForceFrom.toISOString().slice(0, 10),
    recordedAt: row.recordedAt.toISOString(),
    recordedBy: row.recordedBy,
    // Written by `insertFact` alone, from facts that were checked.
    facts: row.facts as Facts,
  }
}
